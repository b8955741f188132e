package dev.sluice.config;

/**
 * Where in a source a value stands, for reports about it.
 *
 * @param source what holds it: the file's path, {@code property sluice.x} or the like
 * @param path the key within the file; empty for its root, and where the source names it already
 */
record Place(String source, String path, Problems problems) {

  /** The place of a key below this one. */
  Place child(String key) {
    return new Place(source, path.isEmpty() ? key : path + "." + key, problems);
  }

  /** The place of a list's element, counted from 0. */
  Place item(int index) {
    return new Place(source, path + "[" + index + "]", problems);
  }

  /** Reports a problem at this place; a line of zero means that there is none to name. */
  void report(int line, String what, String advice) {
    String at = line > 0 ? source + ":" + line : source;
    String where = path.isEmpty() ? at : at + " " + path;
    problems.add(line > 0 ? line : Integer.MAX_VALUE, where, what, advice);
  }

  /** Quotes a wrong value, unless the key's name says that it is a secret. */
  String quote(String text) {
    return Secrets.isSecret(path) || Secrets.isSecret(source) ? Secrets.MASK : Problems.quote(text);
  }
}
