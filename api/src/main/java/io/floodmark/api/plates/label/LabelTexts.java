package io.floodmark.api.plates.label;

/** What all labels say, in the ward's language. */
final class LabelTexts {
  static final String TITLE = "Nhãn mã QR";

  /** Against stickers over genuine plates that lead elsewhere. */
  static final String NEVER_ASKS =
      "Trang này không bao giờ hỏi tiền, mật khẩu hay đòi cài ứng dụng.";

  private LabelTexts() {}

  /** For the margin of a sheet. */
  static String hint(int page, int pages) {
    return "In ở tỷ lệ 100\u00A0%%, không co giãn · Avery L7160 · Trang %d/%d"
        .formatted(page, pages);
  }
}
