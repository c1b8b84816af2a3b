/** Measurements of the whole program, from outside, as its users meet it. Run by hand. */
package io.floodmark.bench;
