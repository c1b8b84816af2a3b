/**
 * Who lives in a house, as far as help in a flood needs it: apart from the register, for those it
 * is granted to, with a reason asked and written down at every look. No other package reads the
 * table {@code household}.
 */
package io.floodmark.api.households;
