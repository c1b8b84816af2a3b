package io.floodmark.sim.replay;

import java.util.function.IntPredicate;

/**
 * Reads an {@link Expression} by recursive descent; each method is a line of the grammar. Used
 * once.
 *
 * <pre>
 * sum     = product { ("+" | "-") product }
 * product = factor { ("*" | "/") factor }
 * factor  = "-" factor | "(" sum ")" | number | name
 * </pre>
 */
final class ExpressionParser {
  private static final char END = '\0';

  private final String text;
  private int at;

  ExpressionParser(String text) {
    this.text = text;
  }

  Expression parse() {
    Expression whole = sum();
    if (peek() != END) {
      throw fault("expected one of + - * / or the end");
    }
    return whole;
  }

  private Expression sum() {
    Expression left = product();
    while (peek() == '+' || peek() == '-') {
      left = new Expression.Operation(left, take(), product());
    }
    return left;
  }

  private Expression product() {
    Expression left = factor();
    while (peek() == '*' || peek() == '/') {
      left = new Expression.Operation(left, take(), factor());
    }
    return left;
  }

  private Expression factor() {
    char next = peek();
    if (next == '-') {
      take();
      return new Expression.Negation(factor());
    }
    if (next == '(') {
      take();
      Expression inner = sum();
      if (peek() != ')') {
        throw fault("expected )");
      }
      take();
      return inner;
    }
    if (isDigit(next) || next == '.') {
      return number();
    }
    if (isNameStart(next)) {
      return new Expression.Column(takeWhile(c -> isNameStart(c) || isDigit(c)));
    }
    throw fault("expected a number, a column's name or (");
  }

  private Expression number() {
    int start = at;
    String digits = takeWhile(c -> isDigit(c) || c == '.');
    try {
      return new Expression.Constant(Double.parseDouble(digits));
    } catch (NumberFormatException e) {
      at = start;
      throw fault("expected a number like 12 or 0.5");
    }
  }

  /** The next character that is no space, left where it is. */
  private char peek() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : END;
  }

  private char take() {
    char taken = peek();
    at++;
    return taken;
  }

  private String takeWhile(IntPredicate belongs) {
    int start = at;
    while (at < text.length() && belongs.test(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(int c) {
    return Character.isLetter(c) || c == '_';
  }

  private IllegalArgumentException fault(String expected) {
    return new IllegalArgumentException(
        "Not an expression: \"%s\": %s at character %d.".formatted(text, expected, at + 1));
  }
}
