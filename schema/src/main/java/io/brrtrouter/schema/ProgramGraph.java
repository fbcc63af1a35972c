package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The last step of a compilation: links the programs and finds out how they hang together. */
final class ProgramGraph {
  private final List<Subschema> nodes;

  /** Where each of the nodes is. */
  private final List<Location> locations;

  private ProgramGraph(Map<ProgramBuilder.Key, Subschema> programs) {
    nodes = new ArrayList<>(programs.size());
    locations = new ArrayList<>(programs.size());
    for (Map.Entry<ProgramBuilder.Key, Subschema> program : programs.entrySet()) {
      program.getValue().number = nodes.size();
      nodes.add(program.getValue());
      locations.add(program.getKey().location());
    }
  }

  static void finish(Map<ProgramBuilder.Key, Subschema> programs, Problems problems) {
    ProgramGraph graph = new ProgramGraph(programs);
    graph.reportEndlessSchemas(problems);
    for (Subschema node : graph.nodes) {
      node.link();
    }
    graph.flag();
    for (Subschema node : graph.nodes) {
      for (Keyword keyword : node.keywords()) {
        if (keyword instanceof Alternatives alternatives) {
          alternatives.findTags();
        }
      }
    }
  }

  /** A schema that always applies itself to its own instance says nothing. */
  private void reportEndlessSchemas(Problems problems) {
    for (List<Subschema> component : components(Subschema::unconditional)) {
      if (!isCycle(component, Subschema::unconditional)) {
        continue;
      }
      for (Subschema node : component) {
        problems.addAt(
            locations.get(node.number),
            "$ref",
            "the schema refers to itself for the same value without end; remove one of the"
                + " references");
      }
    }
  }

  private void flag() {
    Set<Subschema> cyclic = new HashSet<>();
    for (List<Subschema> component : components(Subschema::inPlace)) {
      if (isCycle(component, Subschema::inPlace)) {
        cyclic.addAll(component);
      }
    }
    // Components come with those they lead to first, so flags of successors are known.
    for (List<Subschema> component : components(Subschema::successors)) {
      boolean[] reached = {false, false};
      for (Subschema node : component) {
        reached[0] |= isAmbiguous(node, cyclic);
        reached[1] |= drops(node);
        node.successors(next -> {
          reached[0] |= next.ambiguous();
          reached[1] |= next.dropping();
        });
      }
      for (Subschema node : component) {
        node.flag(isIn(cyclic, node), reached[0], reached[1]);
      }
    }
  }

  private static boolean isAmbiguous(Subschema node, Set<Subschema> cyclic) {
    if (node.tracks() || isIn(cyclic, node)) {
      return true;
    }
    boolean ambiguous = false;
    for (Keyword keyword : node.keywords()) {
      ambiguous |= keyword.isAmbiguous();
    }
    return ambiguous && node.resolved().equals(node);
  }

  /** Few schemas are in a cycle, and asking a set for the identity of each costs more. */
  private static boolean isIn(Set<Subschema> cyclic, Subschema node) {
    return !cyclic.isEmpty() && cyclic.contains(node);
  }

  private static boolean drops(Subschema node) {
    boolean drops = node.dropsUnevaluated();
    for (Keyword keyword : node.keywords()) {
      drops |= keyword.drops();
    }
    return drops;
  }

  private static boolean isCycle(
      List<Subschema> component, BiConsumer<Subschema, Consumer<Subschema>> edges) {
    if (component.size() > 1) {
      return true;
    }
    boolean[] self = {false};
    Subschema node = component.getFirst();
    edges.accept(node, next -> self[0] |= next.equals(node));
    return self[0];
  }

  /** Strongly connected components, by Tarjan's algorithm without recursion. */
  private List<List<Subschema>> components(BiConsumer<Subschema, Consumer<Subschema>> edges) {
    return nodes.size() == 1 ? List.of(nodes) : new Components(nodes, edges).find();
  }

  private static final class Components {
    private final List<Subschema> nodes;
    private final List<List<Integer>> successors = new ArrayList<>();
    private final int[] order;
    private final int[] low;
    private final boolean[] onStack;
    private final List<Integer> stack = new ArrayList<>();
    private final List<List<Subschema>> found = new ArrayList<>();
    private int visited;

    Components(List<Subschema> nodes, BiConsumer<Subschema, Consumer<Subschema>> edges) {
      this.nodes = nodes;
      for (Subschema node : nodes) {
        List<Integer> targets = new ArrayList<>(0);
        edges.accept(
            node,
            next -> {
              if (isHere(next)) {
                targets.add(next.number);
              }
            });
        successors.add(targets);
      }
      order = new int[nodes.size()];
      low = new int[nodes.size()];
      onStack = new boolean[nodes.size()];
    }

    /** Programs of earlier compilations lead to none of this one. */
    private boolean isHere(Subschema schema) {
      return schema.number < nodes.size() && nodes.get(schema.number).equals(schema);
    }

    List<List<Subschema>> find() {
      for (int i = 0; i < order.length; i++) {
        if (order[i] == 0) {
          visit(i);
        }
      }
      return found;
    }

    private void visit(int start) {
      List<int[]> path = new ArrayList<>();
      enter(start, path);
      while (!path.isEmpty()) {
        int[] frame = path.getLast();
        int node = frame[0];
        if (frame[1] < successors.get(node).size()) {
          int next = successors.get(node).get(frame[1]++);
          if (order[next] == 0) {
            enter(next, path);
          } else if (onStack[next]) {
            low[node] = Math.min(low[node], order[next]);
          }
          continue;
        }
        path.removeLast();
        if (!path.isEmpty()) {
          int parent = path.getLast()[0];
          low[parent] = Math.min(low[parent], low[node]);
        }
        if (low[node] == order[node]) {
          found.add(pop(node));
        }
      }
    }

    private void enter(int node, List<int[]> path) {
      order[node] = ++visited;
      low[node] = visited;
      onStack[node] = true;
      stack.add(node);
      path.add(new int[] {node, 0});
    }

    private List<Subschema> pop(int root) {
      List<Subschema> component = new ArrayList<>();
      int node;
      do {
        node = stack.removeLast();
        onStack[node] = false;
        component.add(nodes.get(node));
      } while (node != root);
      return component;
    }
  }
}
