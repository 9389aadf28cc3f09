package kerava;

final class Summary {
  static String of(Model m) {
    StringBuilder b = new StringBuilder();
    for (Step s : m.layers()) b.append(s.name()).append(' ').append(s.outputShape()).append('\n');
    return b.toString();
  }
}
