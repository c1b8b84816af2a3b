/** What residents report: kinds, steps and clocks of a report. Pure. */
package io.floodmark.report;
