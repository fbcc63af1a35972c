/** The {@code brrt} command. */
module io.brrtrouter.cli {
  requires info.picocli;
  requires io.brrtrouter.codegen;
  requires io.brrtrouter.server;
  requires java.xml;
  requires jdk.compiler;
  requires org.slf4j;
  requires static org.jspecify;

  opens io.brrtrouter.cli to
      info.picocli;
}
