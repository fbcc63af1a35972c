package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HeadDecision.Work;
import io.brrtrouter.server.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What carries exchanges: an HTTP/1 connection, or a stream of HTTP/2. */
interface Carrier {
  Shared shared();

  /** Runs a task on the event loop. */
  void execute(Runnable task);

  /** Runs work on the event loop, by which this is called. */
  HttpResponse proceed(Work work, byte[] body);

  /** A decision that took a thread is there; null is our fault. */
  void decided(Deferral deferral, @Nullable HeadDecision decision);

  /** Sends the response of an exchange; null is our fault. */
  void respond(Exchange current, @Nullable HttpResponse given);

  /** The last octets of a response are written, or cannot be. */
  void responded(Exchange done, boolean written);

  /**
   * Sends a part of streamed content.
   *
   * @param stream whose part it is
   * @param octets has the part, and belongs to it from now on
   * @param length how many octets the part has, from the first one
   * @param last whether the content ends with it
   */
  void send(ContentStream stream, byte[] octets, int length, boolean last);

  /**
   * Sends a part of streamed content as {@link #send(ContentStream, byte[], int, boolean)} does.
   *
   * @param part has the octets, and is released
   */
  void send(ContentStream stream, ByteBuf part);

  /** Whoever speaks another protocol has read what waited: the client may send on. */
  void takeMore();

  /** Ends a response whose content cannot be completed, so that the client notices. */
  void cutOff(ContentStream stream);

  /** The work has ended on a request whose client had gone: until then its head was held. */
  void workedInVain();
}
