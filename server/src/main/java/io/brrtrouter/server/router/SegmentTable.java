package io.brrtrouter.server.router;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the node of a literal segment among many. Immutable.
 *
 * <p>The nodes are in the order of the hashes of their segments, and those of one hash in the order
 * of the segments; the upper bits of a hash say where to begin. So there is hardly ever more than
 * one to look at, and whatever the segments are it is no more than a binary search.
 */
final class SegmentTable<T> {
  private final Node<T>[] nodes;
  private final int[] hashes;

  /** For each value of the upper bits the index of the first node, and the number of nodes. */
  private final int[] starts;

  private final int shift;

  /** Takes at least two nodes in the order of their first segments, of which no two are equal. */
  SegmentTable(List<Node<T>> ascending) {
    nodes = Node.array(ascending);
    hashes = new int[nodes.length];
    // Two to four values for each node.
    shift = Integer.numberOfLeadingZeros(nodes.length - 1) - 1;
    starts = new int[(1 << (Integer.SIZE - shift)) + 1];
    long[] order = order(ascending);
    for (int i = 0; i < order.length; i++) {
      nodes[i] = ascending.get((int) order[i] & Integer.MAX_VALUE);
      hashes[i] = (int) (order[i] >>> 31);
      starts[(hashes[i] >>> shift) + 1] = i + 1;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] = Math.max(starts[i], starts[i - 1]);
    }
  }

  /** {@return for each node its hash, unsigned, and in the last 31 bits its index, ascending} */
  private static <T> long[] order(List<Node<T>> nodes) {
    long[] order = new long[nodes.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = Integer.toUnsignedLong(nodes.get(i).text().hash()) << 31 | i;
    }
    Arrays.sort(order);
    return order;
  }

  List<Node<T>> nodes() {
    return List.of(nodes);
  }

  /** {@return how many nodes the upper bits of a hash lead to at most} */
  int widest() {
    int widest = 0;
    for (int i = 1; i < starts.length; i++) {
      widest = Math.max(widest, starts[i] - starts[i - 1]);
    }
    return widest;
  }

  /** {@return the only node that can match the path from a segment on, or null} */
  @Nullable Node<T> find(String path, int from) {
    int hash = Units.hash(path, from);
    int low = starts[hash >>> shift];
    int high = starts[(hash >>> shift) + 1];
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      int order = Integer.compareUnsigned(hash, hashes[middle]);
      if (order == 0) {
        order = nodes[middle].text().order(path, from);
      }
      if (order < 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low < high && hashes[low] == hash ? nodes[low] : null;
  }
}
