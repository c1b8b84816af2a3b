package io.floodmark.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the commands take from the machine; chosen once, in {@link Main}.
 *
 * @param environment variables of the process
 * @param clock what time it is
 * @param random draws tokens and passwords
 */
record Surroundings(Map<String, String> environment, InstantSource clock, SecureRandom random) {
  Surroundings {
    environment = Map.copyOf(environment);
  }
}
