package io.floodmark.api;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.api.cap.CapChannel;
import io.floodmark.api.cap.CapStore;
import io.floodmark.api.notify.Channel;
import io.floodmark.api.notify.ChannelKind;
import io.floodmark.api.notify.MessageText;
import io.floodmark.api.notify.Outbox;
import io.floodmark.api.notify.OutboxSender;
import io.floodmark.api.notify.RetryPlan;
import io.floodmark.api.notify.SirenState;
import io.floodmark.api.notify.channels.AddressRule;
import io.floodmark.api.notify.channels.EmailChannel;
import io.floodmark.api.notify.channels.MqttChannel;
import io.floodmark.api.notify.channels.WebhookChannel;
import io.floodmark.schema.Database;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The sender of the outbox with all channels that there are: a further one is a line here. */
final class Telling {
  private Telling() {}

  /** A sender that has not started. */
  static OutboxSender sender(
      ApiConfig config,
      Vertx vertx,
      Database database,
      InstantSource clock,
      RandomGenerator random) {
    HikariDataSource pool = database.pool("floodmark-outbox", OutboxSender.connections());
    MessageText text = new MessageText(config.zone(), config.publicUrl());
    MqttChannel.Siren siren =
        (setup, message, sensorCode) -> {
          try (Connection connection = pool.getConnection()) {
            return SirenState.isOn(
                connection, setup, message.outboxId(), sensorCode, clock.instant());
          }
        };
    Map<ChannelKind, Channel.Opener> openers =
        Map.of(
            ChannelKind.WEBHOOK,
            WebhookChannel.opener(text, new AddressRule(config.loopbackWebhooks()), clock),
            ChannelKind.EMAIL,
            EmailChannel.opener(vertx, text),
            ChannelKind.MQTT,
            MqttChannel.opener(text, siren),
            ChannelKind.CAP,
            CapChannel.opener(pool, config.zone(), config.publicUrl()));
    return new OutboxSender(
        pool,
        clock,
        new Outbox(config.zone(), RetryPlan.DEFAULT, random),
        Channel.SEND_WITHIN,
        openers,
        List.of(connection -> CapStore.renew(connection, clock.instant())));
  }
}
