/** The program and what it is held against, as processes of their own. */
package io.floodmark.bench.program;
