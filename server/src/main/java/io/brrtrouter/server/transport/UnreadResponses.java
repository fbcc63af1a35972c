package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.TransportFailure;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.TreeSet;

/**
 * How many bytes of responses wait for clients to read them, on all connections together. Content
 * that many wait for, a file of the server for example, is one array and counts once; what each
 * connection has in buffers of its own counts for each. Where there is no room for one more, those
 * are cut off whose clients have kept the server waiting longest.
 *
 * <p>What is cut off counts until its event loop has let go of it. For that time a part of the room
 * is {@linkplain #LEAVING_DIVISOR kept free}, so that the one for which room is made has it at
 * once.
 *
 * <p>Safe for use by many threads, which hold its lock for a few steps of a tree, and for {@link
 * #MOST_CUT} of them where there is no room.
 */
final class UnreadResponses {
  /** What a client is told for whose response there is no room. */
  static final TransportFailure FULL =
      new TransportFailure(
          TransportFailure.Kind.OVERLOADED,
          "the server holds as many responses as it can that clients have not read yet");

  /**
   * How far a client is behind the slowest one served before it makes room: more than a lost packet
   * costs, and several looks of the clock at what it has taken.
   */
  static final Duration BEHIND = Duration.ofSeconds(1);

  /** Responses that are cut off to make room for one. */
  static final int MOST_CUT = 64;

  /** The part of the room that only those take who come while others are being cut off. */
  static final int LEAVING_DIVISOR = 4;

  private final long most;
  private final long mostStaying;
  private final long patience;
  private final long behind;

  /** All that wait. */
  private final Account held = new Account();

  /** Those that are not cut off. */
  private final Account staying = new Account();

  /** The one first whose client is late first. */
  private final TreeSet<Place> places = new TreeSet<>(Place::compare);

  private long taken;

  UnreadResponses(TransportLimits limits, TransportTimeouts timeouts) {
    this.most = limits.bufferedBytes();
    this.mostStaying = most - most / LEAVING_DIVISOR;
    this.patience = timeouts.writeStall().toNanos();
    this.behind = Math.min(BEHIND.toNanos(), patience / 2);
  }

  /** Bytes of all that wait, and of what is cut off and not yet let go of. */
  synchronized long bytes() {
    return held.bytes;
  }

  /**
   * {@return room for the response of one exchange after the other}
   *
   * @param cutOff lets the event loop of the exchange end the response; called by any thread
   */
  Place newPlace(Runnable cutOff) {
    return new Place(cutOff);
  }

  private boolean makeRoom(byte[] content, int buffered, long now) {
    if (buffered + content.length > mostStaying) {
      return false;
    }
    int cut = 0;
    while (staying.bytes + staying.size(content, buffered) > mostStaying) {
      if (cut == MOST_CUT || !cutSlowest(now)) {
        return false;
      }
      cut++;
    }
    return held.bytes + held.size(content, buffered) <= most;
  }

  private boolean cutSlowest(long now) {
    if (places.isEmpty() || places.first().late - now > patience - behind) {
      return false;
    }
    Place slowest = places.removeFirst();
    staying.drop(slowest.content, slowest.buffered);
    slowest.cut = true;
    slowest.cutOff.run();
    return true;
  }

  /** Bytes of some responses. Used under the lock. */
  private static final class Account {
    /** How many responses have a content. */
    private final IdentityHashMap<byte[], Integer> shared = new IdentityHashMap<>();

    private long bytes;

    /** {@return how many bytes one more response takes} */
    long size(byte[] content, int buffered) {
      return buffered + (shared.containsKey(content) ? 0L : content.length);
    }

    void add(byte[] content, int buffered) {
      bytes += size(content, buffered);
      shared.merge(content, 1, Integer::sum);
    }

    void drop(byte[] content, int buffered) {
      bytes -= buffered;
      if (shared.merge(content, -1, Integer::sum) == 0) {
        shared.remove(content);
        bytes -= content.length;
      }
    }
  }

  /** Where the response of one exchange waits, if it does. Used by one event loop only. */
  final class Place {
    private final Runnable cutOff;
    private byte[] content = Responses.NONE;

    /** Bytes in buffers of its own. */
    private int buffered;

    private long late;
    private long number;
    private boolean cut;

    private Place(Runnable cutOff) {
      this.cutOff = cutOff;
    }

    /** {@return whether the content may wait until the client reads it, which it then does} */
    boolean take(byte[] newContent, long now) {
      return take(newContent, Math.min(newContent.length, ResponseWriter.PIECE), now);
    }

    /** {@return whether as much of streamed content may wait as may wait of one} */
    boolean takeParts(long now) {
      return take(Responses.NONE, ContentStream.MOST_WAITING, now);
    }

    private boolean take(byte[] newContent, int newBuffered, long now) {
      synchronized (UnreadResponses.this) {
        if (!makeRoom(newContent, newBuffered, now)) {
          return false;
        }
        held.add(newContent, newBuffered);
        staying.add(newContent, newBuffered);
        content = newContent;
        buffered = newBuffered;
        late = now + patience;
        number = taken++;
        places.add(this);
        return true;
      }
    }

    /** {@return whether something waits here} */
    boolean isTaken() {
      return buffered > 0;
    }

    /** Takes note of when the client is late. */
    void move(long newLate) {
      if (isTaken() && newLate != late) {
        synchronized (UnreadResponses.this) {
          boolean waits = places.remove(this);
          late = newLate;
          if (waits) {
            places.add(this);
          }
        }
      }
    }

    /** {@return whether what waits here has to end, because others need the room} */
    boolean isCut() {
      synchronized (UnreadResponses.this) {
        return cut;
      }
    }

    /** The response is read, or never will be; it may not have waited at all. */
    void leave() {
      if (isTaken()) {
        synchronized (UnreadResponses.this) {
          held.drop(content, buffered);
          if (!cut) {
            places.remove(this);
            staying.drop(content, buffered);
          }
          cut = false;
          content = Responses.NONE;
          buffered = 0;
        }
      }
    }

    private static int compare(Place one, Place other) {
      int byTime = Long.signum(one.late - other.late);
      return byTime != 0 ? byTime : Long.compare(one.number, other.number);
    }
  }
}
