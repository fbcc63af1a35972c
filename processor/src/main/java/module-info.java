/** Registers what {@code @HandlerFor} marks, at compile time. */
module io.brrtrouter.processor {
  requires java.compiler;
  // javac alone shows what is in local classes.
  requires static jdk.compiler;
  requires static org.jspecify;

  provides javax.annotation.processing.Processor with
      io.brrtrouter.processor.HandlerForProcessor;
}
