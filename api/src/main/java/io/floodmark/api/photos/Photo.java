package io.floodmark.api.photos;

/**
 * A photo as it is kept.
 *
 * @param picture at most 1,600 pixels a side and 400,000 bytes
 * @param preview the same at most 320 pixels a side and 30,000 bytes
 * @param hint what the camera knew of place and time; in neither picture
 */
public record Photo(Picture picture, Picture preview, PhotoHint hint) {}
