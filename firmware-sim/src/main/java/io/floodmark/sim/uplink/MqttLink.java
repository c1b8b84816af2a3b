package io.floodmark.sim.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.ScheduledExecutorPingSender;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, used once: a Paho client from CONNECT to its end. Takes three threads of Paho's
 * while connected. Called on the loop; calls back on the loop.
 */
final class MqttLink {
  private static final Logger log = LoggerFactory.getLogger(MqttLink.class);

  private static final int AT_LEAST_ONCE = 1;
  private static final byte[] OFFLINE = "offline".getBytes(UTF_8);

  /**
   * Room in Paho's own window (10 by default, beyond which publish throws 32202) for what we do not
   * count: the status, and acknowledgements that Paho knows of later than we do.
   */
  private static final int WINDOW_SLACK = 16;

  /** Paho starts its threads in steps of 100 ms, after the time for the TCP connection. */
  private static final Duration START_SLACK = Duration.ofSeconds(1);

  private final Device device;
  private final SimLoop loop;
  private final MqttAsyncClient client;
  private final MqttConnectOptions options;
  private final Duration connectTimeout;
  private SimLoop.Timer timer = SimLoop.Timer.NONE;
  private boolean connecting;
  private boolean abandoned;

  /**
   * @throws IllegalArgumentException if Paho cannot make a client of this address
   */
  MqttLink(BrokerAddress broker, Device device, UplinkSettings settings, SimLoop loop) {
    this.device = device;
    this.loop = loop;
    this.connectTimeout = settings.connectTimeout();
    try {
      client =
          new MqttAsyncClient(
              "tcp://" + broker.host() + ":" + broker.port(),
              device.code(),
              new MemoryPersistence(),
              new ScheduledExecutorPingSender(loop.executor()));
    } catch (MqttException e) {
      throw new IllegalArgumentException("Cannot make an MQTT client for " + broker + ".", e);
    }
    options = new MqttConnectOptions();
    // Without this, Paho falls back to MQTT 3.1 when a broker refuses.
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setUserName(device.code());
    options.setPassword(device.token().toCharArray());
    // The device's own store is its session: it sends again what was not acknowledged.
    options.setCleanSession(true);
    options.setAutomaticReconnect(false);
    options.setMaxInflight(settings.inFlightMax() + WINDOW_SLACK);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setConnectionTimeout((int) connectTimeout.toSeconds());
    if (device.announcesItself()) {
      options.setWill(device.statusTopic(), OFFLINE, AT_LEAST_ONCE, true);
    }
  }

  /**
   * Begins to connect. Calls {@code up} at most once, and {@code down} at most once: when there is
   * no connection within the time for it, or later, when it is lost. After {@link #cut} or {@link
   * #disconnect} neither is called.
   */
  void connect(Runnable up, Consumer<String> down) {
    connecting = true;
    timer =
        loop.after(connectTimeout.plus(START_SLACK), () -> failed("no answer to CONNECT", down));
    client.setCallback(
        new MqttCallback() {
          @Override
          public void connectionLost(Throwable cause) {
            loop.execute(() -> lost(String.valueOf(cause), down));
          }

          @Override
          public void messageArrived(String topic, MqttMessage message) {
            // Subscribed to nothing.
          }

          @Override
          public void deliveryComplete(IMqttDeliveryToken token) {
            // Each publish has a listener of its own.
          }
        });
    try {
      client.connect(
          options,
          null,
          new HoppingListener(() -> connected(up), cause -> failed(String.valueOf(cause), down)));
    } catch (MqttException e) {
      loop.execute(() -> failed(e.toString(), down));
    }
  }

  private void connected(Runnable up) {
    if (!connecting) {
      return;
    }
    connecting = false;
    timer.cancel();
    if (abandoned) {
      cutNow();
    } else {
      up.run();
    }
  }

  private void failed(String why, Consumer<String> down) {
    if (connecting) {
      connecting = false;
      timer.cancel();
      cutNow();
      tell(why, down);
    }
  }

  private void lost(String why, Consumer<String> down) {
    if (!connecting) {
      cutNow();
      tell(why, down);
    }
  }

  private void tell(String why, Consumer<String> down) {
    if (!abandoned) {
      abandoned = true;
      down.accept(why);
    }
  }

  /**
   * Hands a message to Paho. Returns false if Paho refuses it now; then {@code acknowledged} is
   * never called.
   */
  boolean publish(String topic, String payload, boolean retained, Runnable acknowledged) {
    try {
      client.publish(
          topic,
          payload.getBytes(UTF_8),
          AT_LEAST_ONCE,
          retained,
          null,
          new HoppingListener(acknowledged, MqttLink::ignore));
      return true;
    } catch (MqttException e) {
      log.debug("{}: not sent: {}", device, e.toString());
      return false;
    }
  }

  /** Says goodbye (DISCONNECT: the broker drops the will) and closes. */
  void disconnect(Runnable done) {
    abandoned = true;
    Runnable closing =
        () -> {
          release();
          done.run();
        };
    try {
      client.disconnect(0, null, new HoppingListener(closing, cause -> closing.run()));
    } catch (MqttException e) {
      loop.execute(closing);
    }
  }

  /** Drops the connection without a word, as a network does: the broker publishes the will. */
  void cut() {
    abandoned = true;
    // A Paho client stopped while it starts its threads leaves one of them waiting for ever.
    if (!connecting) {
      cutNow();
    }
  }

  private void cutNow() {
    try {
      client.disconnectForcibly(0, 0, false);
    } catch (MqttException e) {
      log.debug("{}: cut: {}", device, e.toString());
    }
    release();
  }

  private void release() {
    try {
      client.close(true);
    } catch (MqttException e) {
      log.debug("{}: close: {}", device, e.toString());
    }
  }

  private static void ignore(Throwable cause) {
    // A publish fails only together with its connection, and that is told on its own.
  }

  /** Carries Paho's answer from its thread to the loop. */
  private final class HoppingListener implements IMqttActionListener {
    private final Runnable success;
    private final Consumer<Throwable> failure;

    HoppingListener(Runnable success, Consumer<Throwable> failure) {
      this.success = success;
      this.failure = failure;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      loop.execute(success);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      loop.execute(() -> failure.accept(cause));
    }
  }
}
