/**
 * Photos that residents and staff send: judged by content, decoded under limits, encoded anew.
 *
 * <p>The line: {@link io.floodmark.api.photos.PhotoFormat} tells the format by its first bytes, one
 * reader per format walks the file's structure and keeps only what the pixels need ({@code
 * BarePhoto}), the limits are held against that, and only then does a decoder see anything.
 */
package io.floodmark.api.photos;
