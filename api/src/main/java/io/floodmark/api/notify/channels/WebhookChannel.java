package io.floodmark.api.notify.channels;

import io.floodmark.api.notify.Channel;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.MessageText;
import io.floodmark.api.notify.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Posts messages to another system. */
public final class WebhookChannel implements Channel {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final ChannelSetup setup;
  private final HttpClient client;
  private final MessageText text;
  private final AddressRule rule;
  private final InstantSource clock;

  private WebhookChannel(
      ChannelSetup setup,
      HttpClient client,
      MessageText text,
      AddressRule rule,
      InstantSource clock) {
    this.setup = setup;
    this.client = client;
    this.text = text;
    this.rule = rule;
    this.clock = clock;
  }

  /** Webhooks within {@code rule}; one client serves all of them. */
  public static Opener opener(MessageText text, AddressRule rule, InstantSource clock) {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .version(HttpClient.Version.HTTP_1_1)
            // An address that was checked must not lead to one that was not.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return setup -> new WebhookChannel(setup, client, text, rule, clock);
  }

  @Override
  public Outcome send(Message message) throws InterruptedException {
    String url = setup.setting("url");
    if (AddressRule.whyNot(url).isPresent()) {
      return Outcome.refused("The address of this webhook is none: " + url);
    }
    URI uri = URI.create(url);
    try {
      Optional<String> forbidden = rule.whyForbidden(uri.getHost(), InetAddress::getAllByName);
      if (forbidden.isPresent()) {
        return Outcome.refused(forbidden.get());
      }
      // The headers are what is waited for; the rest of an answer is nobody's.
      HttpResponse<InputStream> response =
          client.send(request(uri, message), HttpResponse.BodyHandlers.ofInputStream());
      response.body().close();
      return judged(response.statusCode());
    } catch (UnknownHostException e) {
      return Outcome.retry("The host " + uri.getHost() + " is unknown.");
    } catch (HttpConnectTimeoutException e) {
      return Outcome.retry("No connection within " + CONNECT_WITHIN.toSeconds() + " s.");
    } catch (HttpTimeoutException e) {
      return Outcome.retry("No answer within " + ANSWER_WITHIN.toSeconds() + " s.");
    } catch (IOException e) {
      return Outcome.retry("The connection failed: " + e);
    }
  }

  private HttpRequest request(URI uri, Message message) {
    byte[] body = MessageJson.of(message, text);
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "Floodmark")
            .header("Idempotency-Key", message.key().toString())
            .header("Floodmark-Timestamp", timestamp)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!setup.secret().isEmpty()) {
      request.header("Floodmark-Signature", Signature.of(setup.secret(), timestamp, body));
    }
    return request.build();
  }

  /** 408 and 429 ask for patience (RFC 9110 §15.5.9, RFC 6585 §4); other 4xx would say no again. */
  static Outcome judged(int status) {
    String said = "The other side answered " + status + ".";
    if (status >= 200 && status < 300) {
      return Outcome.sent(said);
    }
    if (status >= 500 || status == 408 || status == 429) {
      return Outcome.retry(said);
    }
    return Outcome.refused(
        status >= 300 && status < 400 ? said + " Redirects are not followed." : said);
  }
}
