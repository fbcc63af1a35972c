package io.brrtrouter.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A TCP port.
 *
 * @param number 0 to 65535; 0 stands for any free one
 */
record Port(int number) {

  /** Reads a port from the command line. */
  static final class Converter implements ITypeConverter<Port> {
    @Override
    public Port convert(String text) {
      if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
        return new Port(Integer.parseInt(text));
      }
      throw new TypeConversionException("\"" + text + "\" is not a port number from 0 to 65535");
    }
  }
}
