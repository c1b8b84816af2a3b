package io.floodmark.ingest.broker;

import java.util.Optional;

/**
 * What a subscription asks for, §4.7 and §4.8.2.
 *
 * @param text as the client sent it, {@code $share/…} included; by this it is subscribed and
 *     unsubscribed
 * @param shareName the group that shares it; empty if it is not shared
 * @param filter without the group; equal to {@code text} if it is not shared
 */
public record TopicFilter(String text, Optional<String> shareName, String filter) {
  private static final String SHARE = "$share/";

  /** Checks that the parts belong together. Use {@link #parse} or {@link #of}. */
  public TopicFilter {
    if (!text.equals(shareName.map(name -> SHARE + name + TopicName.SEPARATOR).orElse("") + filter)
        || !isValid(filter)) {
      throw new IllegalArgumentException("Not a topic filter: \"" + text + "\"");
    }
  }

  /** The filter that {@code text} is; empty if it is none (reason code 0x8F). */
  public static Optional<TopicFilter> parse(String text) {
    if (!text.startsWith(SHARE)) {
      return isValid(text)
          ? Optional.of(new TopicFilter(text, Optional.empty(), text))
          : Optional.empty();
    }
    int end = text.indexOf(TopicName.SEPARATOR, SHARE.length());
    if (end < 0 || !TopicName.isText(text)) {
      return Optional.empty();
    }
    String name = text.substring(SHARE.length(), end);
    String filter = text.substring(end + 1);
    boolean isName = !name.isEmpty() && name.indexOf('+') < 0 && name.indexOf('#') < 0;
    return isName && isValid(filter)
        ? Optional.of(new TopicFilter(text, Optional.of(name), filter))
        : Optional.empty();
  }

  /**
   * The same where it must be one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static TopicFilter of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("Not a topic filter: \"" + text + "\""));
  }

  /** Whether a group shares it. */
  public boolean isShared() {
    return shareName.isPresent();
  }

  /** Whether it can match more than one topic. */
  public boolean hasWildcard() {
    return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
  }

  /** Whether messages of {@code topic} come by it. */
  boolean matches(String topic) {
    String[] wanted = filter.split(TopicName.SEPARATOR_TEXT, -1);
    String[] levels = topic.split(TopicName.SEPARATOR_TEXT, -1);
    boolean wildcardFirst = wanted[0].equals("+") || wanted[0].equals("#");
    if (wildcardFirst && TopicName.isServers(topic)) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("#")) {
        return true;
      }
      if (i == levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
        return false;
      }
    }
    return wanted.length == levels.length;
  }

  /** By what it is subscribed. */
  @Override
  public String toString() {
    return text;
  }

  /** Wildcards stand alone in their level, and {@code #} stands last (§4.7.1). */
  private static boolean isValid(String filter) {
    if (!TopicName.isText(filter)) {
      return false;
    }
    int from = 0;
    while (true) {
      int slash = filter.indexOf(TopicName.SEPARATOR, from);
      int end = slash < 0 ? filter.length() : slash;
      boolean alone = end - from == 1;
      for (int i = from; i < end; i++) {
        char c = filter.charAt(i);
        if ((c == '+' && !alone) || (c == '#' && !(alone && slash < 0))) {
          return false;
        }
      }
      if (slash < 0) {
        return true;
      }
      from = slash + 1;
    }
  }
}
