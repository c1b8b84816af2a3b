package io.floodmark.api.photos;

import java.util.Optional;

/**
 * A photo without all that its pixels do not need. Decoders are shown nothing else: a compressed
 * comment that inflates without end, a hostile colour profile, a thousand thumbnails are gone.
 *
 * @param header what it says of its pixels
 * @param file a file of the same format with only the pixels in it
 * @param exif the TIFF block of its EXIF data, unread
 * @param profile its ICC colour profile, unread
 */
record BarePhoto(PhotoHeader header, Bytes file, Optional<Bytes> exif, Optional<Bytes> profile) {}
