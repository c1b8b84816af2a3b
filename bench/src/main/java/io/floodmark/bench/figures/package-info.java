/** Figures: how they are drawn together and where they are kept. */
package io.floodmark.bench.figures;
