package io.floodmark.api.streets;

import java.util.List;
import java.util.Optional;

/**
 * A stretch as a file or a program gives it.
 *
 * @param number which feature of its file, from 1
 * @param name of the street or the stretch; several may have the same
 * @param lines its course
 * @param sensors codes of the sensors that speak for it; empty where the file says nothing of them
 */
record StretchDraft(int number, String name, StretchLines lines, Optional<List<String>> sensors) {
  StretchDraft {
    sensors = sensors.map(List::copyOf);
  }
}
