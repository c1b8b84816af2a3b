package io.floodmark.api.sensors.register;

import java.util.List;

/** A list of sensors that was not taken over, with everything that is wrong with it. */
public final class SensorListException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_MAX = 50;

  /** One sentence for each fault; the message shows the first fifty. */
  SensorListException(List<String> problems) {
    super(message(problems));
  }

  private static String message(List<String> problems) {
    String shown = String.join("\n", problems.subList(0, Math.min(SHOWN_MAX, problems.size())));
    int more = problems.size() - SHOWN_MAX;
    return more > 0 ? shown + "\nand " + more + " more" : shown;
  }
}
