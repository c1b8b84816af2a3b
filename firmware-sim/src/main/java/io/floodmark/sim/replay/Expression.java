package io.floodmark.sim.replay;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Simple arithmetic over the columns of a row: {@code level_m*1000+800}. Numbers, column names
 * (letters, digits and underscores), {@code + - * /} and parentheses, with the usual precedence.
 */
public sealed interface Expression {
  /** Its value, given the value of each column. Dividing by zero gives what a double gives. */
  double evaluate(ToDoubleFunction<String> columns);

  /** The columns it reads. */
  Set<String> columns();

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none, with the place where it ends to be one
   */
  static Expression parse(String text) {
    return new ExpressionParser(text).parse();
  }

  /** A number as written. */
  record Constant(double value) implements Expression {
    @Override
    public double evaluate(ToDoubleFunction<String> columns) {
      return value;
    }

    @Override
    public Set<String> columns() {
      return Set.of();
    }
  }

  /** A cell of the row. */
  record Column(String name) implements Expression {
    @Override
    public double evaluate(ToDoubleFunction<String> columns) {
      return columns.applyAsDouble(name);
    }

    @Override
    public Set<String> columns() {
      return Set.of(name);
    }
  }

  /** The same with the other sign. */
  record Negation(Expression of) implements Expression {
    @Override
    public double evaluate(ToDoubleFunction<String> columns) {
      return -of.evaluate(columns);
    }

    @Override
    public Set<String> columns() {
      return of.columns();
    }
  }

  /**
   * Two joined by a sign.
   *
   * @param sign one of {@code + - * /}
   */
  record Operation(Expression left, char sign, Expression right) implements Expression {
    @Override
    public double evaluate(ToDoubleFunction<String> columns) {
      double a = left.evaluate(columns);
      double b = right.evaluate(columns);
      return switch (sign) {
        case '+' -> a + b;
        case '-' -> a - b;
        case '*' -> a * b;
        case '/' -> a / b;
        default -> throw new IllegalStateException("No such sign: " + sign);
      };
    }

    @Override
    public Set<String> columns() {
      Set<String> both = new TreeSet<>(left.columns());
      both.addAll(right.columns());
      return both;
    }
  }
}
