package kerava.saving.savedmodel.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/** Which functions of a graph call which: none itself, and none so often that it has no end. */
final class CallGraph {
  /** TensorFlow writes out the calls of functions; a large model has some 100,000 nodes. */
  private static final long MOST = 5_000_000;

  private final Map<String, Subgraph> functions;
  private final Map<String, Long> sizes = new HashMap<>();

  CallGraph(Map<String, Subgraph> functions) {
    this.functions = functions;
  }

  private Subgraph function(String name) {
    return Objects.requireNonNull(functions.get(name), name);
  }

  /** The names of the functions that a node calls, or hands on; those that are there. */
  List<String> of(NodeDef node) {
    List<String> names = new ArrayList<>();
    names.add(node.getOp());
    node.getAttrMap().values().forEach(value -> collect(value, names));
    names.removeIf(name -> !functions.containsKey(name));
    return names;
  }

  private static void collect(AttrValue value, List<String> names) {
    if (value.getValueCase() == AttrValue.ValueCase.FUNC) {
      collect(value.getFunc(), names);
    } else if (value.getValueCase() == AttrValue.ValueCase.LIST) {
      value.getList().getFuncList().forEach(function -> collect(function, names));
    }
  }

  private static void collect(NameAttrList function, List<String> names) {
    names.add(function.getName());
    function.getAttrMap().values().forEach(value -> collect(value, names));
  }

  /** All functions that some nodes reach. */
  Set<String> reached(Collection<NodeDef> nodes) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    nodes.forEach(node -> open.addAll(of(node)));
    while (!open.isEmpty()) {
      String name = open.remove();
      Subgraph subgraph = functions.get(name);
      if (subgraph != null && reached.add(name)) {
        subgraph.nodes().values().forEach(node -> open.addAll(of(node)));
      }
    }
    return reached;
  }

  /** Refuses functions that call themselves, and a graph that is endless when written out. */
  void require(Subgraph graph) throws GraphException {
    for (String name : inOrder()) {
      size(function(name));
    }
    size(graph);
  }

  private void size(Subgraph subgraph) throws GraphException {
    long size = subgraph.nodes().size();
    for (NodeDef node : subgraph.nodes().values()) {
      for (String name : of(node)) {
        size += sizes.getOrDefault(name, 0L);
      }
      if (size > MOST) {
        throw GraphException.damaged(
            subgraph.place(), "at most " + MOST + " nodes with those of called functions", "more");
      }
    }
    sizes.put(subgraph.function().getName(), size);
  }

  /** The functions, called ones before those that call them. */
  private List<String> inOrder() throws GraphException {
    List<String> order = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (String start : functions.keySet()) {
      visit(start, done, order);
    }
    return order;
  }

  /** Depth first, by a stack of its own: a file could be deeper than Java's. */
  private void visit(String start, Set<String> done, List<String> order) throws GraphException {
    Deque<Visit> stack = new ArrayDeque<>();
    Set<String> open = new HashSet<>();
    push(start, done, open, stack);
    while (!stack.isEmpty()) {
      Visit top = stack.peek();
      if (top.left().isEmpty()) {
        stack.pop();
        open.remove(top.name());
        done.add(top.name());
        order.add(top.name());
        continue;
      }
      String next = top.left().remove();
      if (open.contains(next)) {
        throw GraphException.damaged(
            function(next).place(), "functions that do not call themselves", "one that does");
      }
      push(next, done, open, stack);
    }
  }

  private void push(String name, Set<String> done, Set<String> open, Deque<Visit> stack) {
    if (done.contains(name)) {
      return;
    }
    Set<String> called = new LinkedHashSet<>();
    function(name).nodes().values().forEach(node -> called.addAll(of(node)));
    open.add(name);
    stack.push(new Visit(name, new ArrayDeque<>(called)));
  }

  /**
   * A function under way.
   *
   * @param left the functions that it calls and that were not looked at yet
   */
  private record Visit(String name, Deque<String> left) {}
}
