package io.floodmark.api.plates.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.plate.PlateCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlateAddressTest {
  private static final PlateCode CODE = new PlateCode("7K3M9QX2V0");

  @ParameterizedTest
  @CsvSource({
    "https://q.phuong.vn, HTTPS://Q.PHUONG.VN/Q/7K3M9QX2V0, q.phuong.vn/q/",
    "https://Q.Phuong.vn/, HTTPS://Q.PHUONG.VN/Q/7K3M9QX2V0, q.phuong.vn/q/",
    "http://192.168.1.20:8080, HTTP://192.168.1.20:8080/Q/7K3M9QX2V0, 192.168.1.20:8080/q/"
  })
  void anAddressIsUpperCaseInTheSymbolAndLowerCaseForPeople(
      String publicUrl, String inSymbol, String forPeople) {
    PlateAddress address = PlateAddress.of(Optional.of(publicUrl));
    assertEquals(inSymbol, address.of(CODE));
    assertEquals(forPeople, address.typed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "http://localhost:8080",
        "http://map.localhost",
        "http://127.0.0.1",
        "http://127.1.2.3:80",
        "http://0.0.0.0",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]"
      })
  void labelsAreRefusedWhileThePublicAddressIsUnsetOrLoopback(String publicUrl) {
    assertRefused(publicUrl, "Labels are refused while public.url is unset or loopback");
  }

  @Test
  void labelsAreRefusedWithoutASetting() {
    assertThrows(IllegalArgumentException.class, () -> PlateAddress.of(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://phuong.vn/map",
        "https://phuong.vn?ward=1",
        "https://phuong.vn#map",
        "https://staff@phuong.vn"
      })
  void whatIsMoreThanAHostIsRefused(String publicUrl) {
    assertRefused(publicUrl, "public.url holds more than scheme, host and port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phuong.vn",
        "ftp://phuong.vn",
        "https://",
        "https://phường.vn",
        "https://[2001:db8::1]",
        "https://phuong_vn.example",
        "https://phuong.vn:0",
        "https://phuong.vn:70000"
      })
  void whatAPhoneOrAlphanumericModeCannotReadIsRefused(String publicUrl) {
    assertRefused(publicUrl, "");
  }

  @Test
  void aHostTooLongForALabelIsRefused() {
    String longest = "https://" + "a".repeat(60) + ".vn";
    assertEquals(PlateAddress.LENGTH_MAX, PlateAddress.of(Optional.of(longest)).of(CODE).length());
    assertRefused("https://" + "a".repeat(61) + ".vn", "The address of a plate would have 85");
  }

  private static void assertRefused(String publicUrl, String reason) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> PlateAddress.of(Optional.of(publicUrl)));
    assertTrue(refusal.getMessage().startsWith(reason), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("Set public.url to"), refusal::getMessage);
  }
}
