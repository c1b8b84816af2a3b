package io.floodmark.api.assetphotos;

import io.floodmark.api.photos.PhotoIntake;
import java.time.Instant;

/**
 * A photo of an asset.
 *
 * @param id the database's
 * @param key its name in addresses
 * @param caption empty for none
 * @param isPublic whether everybody may see it
 * @param width in pixels, 1 or more
 * @param height in pixels, 1 or more
 * @param takenIn when it was sent
 * @param sender login of who sent it; empty where that is not known
 */
public record AssetPhoto(
    long id,
    String key,
    String caption,
    boolean isPublic,
    int width,
    int height,
    Instant takenIn,
    String sender) {
  /** Width of the preview in pixels, as the photo intake makes it. */
  public int previewWidth() {
    return scaled(width);
  }

  /** Height of the preview in pixels. */
  public int previewHeight() {
    return scaled(height);
  }

  private int scaled(int side) {
    int longer = Math.max(width, height);
    return longer <= PhotoIntake.PREVIEW_SIDE_PX_MAX
        ? side
        : Math.max(1, Math.round((float) side * PhotoIntake.PREVIEW_SIDE_PX_MAX / longer));
  }
}
