package io.floodmark.api.notify.channels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.floodmark.api.http.Language;
import io.floodmark.api.notify.ChannelKind;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.MessageText;
import io.floodmark.api.notify.Messages;
import io.floodmark.api.notify.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.parsetools.RecordParser;
import jakarta.mail.internet.MimeMessage;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Against a real SMTP server in this process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmailChannelTest {
  private static final MessageText TEXT =
      new MessageText(ZoneId.of("Asia/Ho_Chi_Minh"), Optional.of("https://ngap.example.vn"));

  private static final String CRLF = String.valueOf(new char[] {13, 10});

  private final Vertx vertx = Vertx.vertx();
  private final GreenMail mail =
      new GreenMail(
          new ServerSetup[] {setup(ServerSetup.PROTOCOL_SMTP), setup(ServerSetup.PROTOCOL_SMTPS)});

  /** By default it gives up after two seconds, which a busy machine takes to make its keys. */
  private static ServerSetup setup(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(TimeUnit.SECONDS.toMillis(30));
    return setup;
  }

  @BeforeAll
  void start() {
    mail.start();
    mail.setUser("canhbao@phuong.example.vn", "canhbao", "mat-khau");
  }

  @AfterAll
  void stop() throws Exception {
    mail.stop();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() throws Exception {
    mail.purgeEmailFromAllMailboxes();
  }

  @Test
  void aWarningArrivesInVietnameseAndSaysThatARobotSentIt() throws Exception {
    Message message = Messages.of(Language.VI, Messages.step(2, 3));
    assertEquals(Outcome.Kind.SENT, send(message, "mat-khau", Map.of()).kind());
    MimeMessage[] received = mail.getReceivedMessages();
    assertEquals(2, received.length, "one for each recipient");
    MimeMessage first = received[0];
    assertEquals("Ngập mức 3 (nguy hiểm): Ngã tư Bần", first.getSubject());
    String body = first.getContent().toString();
    assertTrue(body.contains("Lúc 20:05 21/11/2026."), body);
    assertTrue(body.contains("32 cm"), body);
    assertTrue(body.contains("https://ngap.example.vn/#/sensor/bvd-03"), body);
    assertEquals("<00000000-0000-4000-8000-000000000001@phuong.example.vn>", first.getMessageID());
    assertEquals("auto-generated", first.getHeader("Auto-Submitted", null));
    assertTrue(first.getContentType().startsWith("text/plain"), first.getContentType());

    // Sent again, it is the same mail to a mailbox.
    send(message, "mat-khau", Map.of());
    assertEquals(first.getMessageID(), mail.getReceivedMessages()[2].getMessageID());
  }

  @Test
  void aSummaryTellsAllOfItInOrder() throws Exception {
    send(
        Messages.of(Language.EN, Messages.step(0, 1), Messages.step(1, 2), Messages.step(2, 0)),
        "mat-khau",
        Map.of());
    MimeMessage first = mail.getReceivedMessages()[0];
    assertEquals("Floodmark: 3 changes of alerts", first.getSubject());
    String body = first.getContent().toString();
    assertTrue(body.indexOf("level 1") < body.indexOf("level 2"), body);
    assertTrue(body.indexOf("level 2") < body.indexOf("water has gone"), body);
  }

  @Test
  void aWrongPasswordIsRefusedForGood() throws Exception {
    assertEquals(
        Outcome.Kind.REFUSED, send(Messages.of(Language.VI), "mat-khau-cu", Map.of()).kind());
    assertEquals(0, mail.getReceivedMessages().length);
  }

  @Test
  void withoutEncryptionThatIsDemandedNothingIsSent() throws Exception {
    // This server offers no STARTTLS, as one would seem to behind somebody who takes it off.
    Outcome outcome = send(Messages.of(Language.VI), "mat-khau", Map.of("security", "starttls"));
    assertTrue(outcome.kind() != Outcome.Kind.SENT, outcome.toString());
    assertEquals(0, mail.getReceivedMessages().length);
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNotTrusted() throws Exception {
    Outcome outcome =
        send(
            Messages.of(Language.VI),
            "mat-khau",
            Map.of("security", "tls", "port", Integer.toString(mail.getSmtps().getPort())));
    assertEquals(Outcome.Kind.RETRY, outcome.kind());
    assertEquals(0, mail.getReceivedMessages().length);
  }

  @Test
  void whatOnlyThisMachineReachesIsNeverCalled() throws Exception {
    Outcome outcome = send(Messages.of(Language.VI), "mat-khau", Map.of("host", "169.254.169.254"));
    assertEquals(Outcome.Kind.REFUSED, outcome.kind(), outcome.toString());
  }

  @Test
  void aServerThatIsAwayIsTriedAgain() throws Exception {
    assertEquals(
        Outcome.Kind.RETRY, send(Messages.of(Language.VI), "mat-khau", Map.of("port", "1")).kind());
  }

  @Test
  void oneBadMailboxKeepsTheWarningFromNobodyElse() throws Exception {
    AtomicInteger mails = new AtomicInteger();
    NetServer server = pickyServer("250 ok", "550 no such mailbox", mails);
    try {
      Outcome outcome = sendTo(server);
      assertEquals(Outcome.Kind.SENT, outcome.kind(), outcome.toString());
      assertTrue(
          outcome.detail().contains("Not taken for chu-tich@phuong.example.vn."), outcome.detail());
      assertTrue(outcome.detail().endsWith("truc-ban@phuong.example.vn"), outcome.detail());
      assertEquals(1, mails.get());
    } finally {
      wait(server.close());
    }
  }

  @Test
  void onlyWhatNobodyMayHaveIsRefusedAndWhatNobodyGetsNowIsTriedAgain() throws Exception {
    AtomicInteger mails = new AtomicInteger();
    NetServer refusing = pickyServer("550 no such mailbox", "550 no such mailbox", mails);
    NetServer putting = pickyServer("450 come back later", "450 come back later", mails);
    try {
      assertEquals(Outcome.Kind.REFUSED, sendTo(refusing).kind());
      assertEquals(Outcome.Kind.RETRY, sendTo(putting).kind());
      assertEquals(0, mails.get());
    } finally {
      wait(refusing.close());
      wait(putting.close());
    }
  }

  private Outcome sendTo(NetServer server) throws InterruptedException {
    return send(
        Messages.of(Language.VI, Messages.step(2, 3)),
        "",
        Map.of("user", "", "port", Integer.toString(server.actualPort())));
  }

  /** A mail server that answers so for the officer on duty, and so for the chairman. */
  private NetServer pickyServer(String onDuty, String chairman, AtomicInteger mails)
      throws Exception {
    NetServer server = vertx.createNetServer();
    server.connectHandler(
        socket -> {
          AtomicBoolean inData = new AtomicBoolean();
          socket.handler(
              RecordParser.newDelimited(
                  CRLF,
                  line -> {
                    String text = line.toString();
                    if (inData.get() && !text.equals(".")) {
                      return;
                    }
                    String answer = "250 ok";
                    if (inData.getAndSet(text.equals("DATA"))) {
                      mails.incrementAndGet();
                    } else if (text.equals("DATA")) {
                      answer = "354 go on";
                    } else if (text.startsWith("EHLO")) {
                      answer = "250-here" + CRLF + "250 PIPELINING";
                    } else if (text.startsWith("RCPT")) {
                      answer = text.contains("truc-ban") ? onDuty : chairman;
                    }
                    socket.write(answer + CRLF);
                  }));
          socket.write("220 here" + CRLF);
        });
    wait(server.listen(0, "127.0.0.1"));
    return server;
  }

  private static void wait(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private Outcome send(Message message, String password, Map<String, String> changes)
      throws InterruptedException {
    Map<String, String> settings = new HashMap<>();
    settings.put("host", "127.0.0.1");
    settings.put("port", Integer.toString(mail.getSmtp().getPort()));
    settings.put("security", "none");
    settings.put("user", "canhbao");
    settings.put("from", "canhbao@phuong.example.vn");
    settings.put("to", "truc-ban@phuong.example.vn, chu-tich@phuong.example.vn");
    settings.putAll(changes);
    return EmailChannel.opener(vertx, TEXT)
        .open(Messages.setup(ChannelKind.EMAIL, password, settings))
        .send(message);
  }
}
