/** Registers what {@code @HandlerFor} marks, at compile time. */
module io.brrtrouter.processor {
  requires java.compiler;
  requires static org.jspecify;

  provides javax.annotation.processing.Processor with
      io.brrtrouter.processor.HandlerForProcessor;
}
