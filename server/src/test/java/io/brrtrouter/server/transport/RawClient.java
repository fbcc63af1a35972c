package io.brrtrouter.server.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A socket that sends octets as they are and reads responses strictly. */
final class RawClient implements AutoCloseable {
  /** Long enough for any machine; a test that waits for it has failed. */
  private static final int PATIENCE_MILLIS = 20_000;

  /** A response; header names are in lower case, of several fields of one name the last counts. */
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  private final Socket socket;

  /** What carries the connection; the same unless it is encrypted. */
  private final Socket carrier;

  private final InputStream in;

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /** A client whose socket takes few bytes before it has to be read, unless 0. */
  RawClient(int port, int receiveBuffer) throws IOException {
    this(connected(port, receiveBuffer));
  }

  /** A client on a connection of the test. */
  RawClient(Socket socket) throws IOException {
    this(socket, socket);
  }

  private RawClient(Socket socket, Socket carrier) throws IOException {
    this.socket = socket;
    this.carrier = carrier;
    in = new BufferedInputStream(socket.getInputStream());
  }

  private static Socket connected(int port, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    return socket;
  }

  /** {@return this connection, encrypted from here on} Nothing of it has been read yet. */
  RawClient encrypted(SSLContext context, String... versions) throws IOException {
    return encrypted(context, List.of(), versions);
  }

  /** {@return this connection, encrypted from here on, with a choice of protocols for it} */
  RawClient encrypted(SSLContext context, List<String> protocols, String... versions)
      throws IOException {
    SSLSocket encrypted =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 0, true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setApplicationProtocols(protocols.toArray(new String[0]));
    encrypted.setSSLParameters(parameters);
    if (versions.length > 0) {
      encrypted.setEnabledProtocols(versions);
    }
    encrypted.startHandshake();
    return new RawClient(encrypted, socket);
  }

  /** {@return the protocol that the server chose of those offered} */
  String protocol() {
    return ((SSLSocket) socket).getApplicationProtocol();
  }

  /** Begins another handshake on a connection that is encrypted. */
  void handshakeAgain() throws IOException {
    ((SSLSocket) socket).startHandshake();
  }

  /** {@return what TLS knows of the connection} */
  SSLSession session() {
    return ((SSLSocket) socket).getSession();
  }

  RawClient send(String octets) throws IOException {
    return send(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
    return this;
  }

  RawClient endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Sends no more, and over TLS does not say so. */
  RawClient endCarrier() throws IOException {
    carrier.shutdownOutput();
    return this;
  }

  /** Closes with a reset instead of an orderly end. */
  void reset() throws IOException {
    carrier.setSoLinger(true, 0);
    carrier.close();
  }

  /** {@return the next response to a request that is not a {@code HEAD}} */
  Answer read() throws IOException {
    return read(false);
  }

  /** {@return the next response to a {@code HEAD}} */
  Answer readHead() throws IOException {
    return read(true);
  }

  private Answer read(boolean headOnly) throws IOException {
    String statusLine = line();
    if (!statusLine.matches("HTTP/1\\.1 [1-5][0-9][0-9] .*")) {
      throw new IOException("not a status line: " + statusLine);
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(": ");
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (headOnly || status == 204 || status == 304 || status < 200) {
      length = 0;
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the body ended after " + body.length + " of " + length + " bytes");
    }
    return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  /** {@return the data of the next chunk (RFC 9112 section 7.1), empty for the last one} */
  String chunk() throws IOException {
    String size = line();
    if (size.isEmpty()) {
      throw new EOFException("the content ended without a last chunk");
    }
    int length = Integer.parseInt(size, 16);
    byte[] data = in.readNBytes(length);
    if (data.length < length || !line().isEmpty()) {
      throw new EOFException("a chunk has no end");
    }
    return new String(data, StandardCharsets.ISO_8859_1);
  }

  /** {@return the data of all chunks up to the last one} */
  String chunks() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
      all.append(chunk);
    }
    return all.toString();
  }

  /** {@return what comes until the connection ends} */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    while (true) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("the connection ended after \"" + octets + "\"");
      }
      if (octet == '\r') {
        if (in.read() != '\n') {
          throw new IOException("a line of the response does not end with CRLF");
        }
        return octets.toString(StandardCharsets.ISO_8859_1);
      }
      octets.write(octet);
    }
  }

  /** {@return everything up to the end of the connection} */
  String readToEnd() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** {@return how many bytes there were to read} */
  int readSome() throws IOException {
    return in.readNBytes(100).length;
  }

  /** {@return so many octets; fewer, and the connection has ended} */
  byte[] octets(int length) throws IOException {
    return in.readNBytes(length);
  }

  /** Reads and drops so many bytes. */
  void skip(int bytes) throws IOException {
    in.readNBytes(bytes);
  }

  /** {@return whether the server ends the connection with nothing more to read} */
  boolean isEnded() throws IOException {
    return in.read() < 0;
  }

  int localPort() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
