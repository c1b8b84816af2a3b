/**
 * Residents' reports: filing without an account, the reporter's secret page, the staff inbox, and
 * the floods that staff confirmed for the map.
 *
 * <p>The line: {@code Filing} judges what was typed, {@code ReportPhotos} takes the photos in,
 * {@code ReportLimits} counts, {@code ReportFile} writes. Staff come through {@code InboxRoutes} or
 * {@code ReportApiRoutes} to {@code ReportDesk}, the one place that takes a step.
 */
package io.floodmark.api.reports;
