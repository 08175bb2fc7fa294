package trainyard.sim.network;

import java.util.Arrays;
import trainyard.sim.engine.EventHandler;
import trainyard.sim.engine.Simulation;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.Topology;

/**
 * Messages between GPUs over a shared fabric, at the level of flows.
 *
 * <p><b>Channel.</b> A route between two GPUs on which messages follow each other. The message at the head transfers at
 * the channel's max-min fair rate {@code r}; behind its last byte the next one starts. A message of {@code S} bytes that
 * has its channel to itself arrives after
 *
 * <pre>  S / r + sum over the links of the route of their latency.</pre>
 *
 * Its bytes occupy the links for {@code S / r} only, so latency overlaps with the next message.
 *
 * <p><b>Sharing.</b> Any number of jobs use one network. Rates change when a transfer starts or ends or a link changes;
 * they are worked out once per timestamp, behind all other events of that time, and only for the component of links and
 * flows that changed (see {@link MaxMinSystem}).
 *
 * <p><b>Failures.</b> After {@link #setLinkFactor} each channel that uses a failed link is led around it; a channel
 * whose GPUs are no longer connected is stalled, keeps its messages, and goes on when a way opens.
 *
 * <p><b>Parts.</b> {@link ChannelTable} holds the channels, {@link ChannelRoutes} their ways, and {@link Transfers} moves
 * their messages; this class opens and closes channels and changes links.
 */
public final class FlowNetwork {

    /** Priority of the events that end transfers and deliver messages. */
    public static final int MESSAGE_PRIORITY = 0;

    /** Priority of the event that works out rates: behind everything that models do at the same time. */
    public static final int SOLVE_PRIORITY = 100;

    private final Simulation simulation;
    private final LinkState links;
    private final ChannelTable channels = new ChannelTable();
    private final ChannelRoutes routes;
    private final MaxMinSystem system;
    private final Transfers transfers;
    private EventHandler[] listeners = new EventHandler[16];

    /**
     * @param simulation clock and events
     * @param links health of the topology's links; change it through {@link #setLinkFactor} only
     */
    public FlowNetwork(Simulation simulation, LinkState links) {
        this.simulation = simulation;
        this.links = links;
        routes = new ChannelRoutes(channels, links);
        system = routes.system();
        transfers = new Transfers(simulation, channels, routes, this::deliver);
    }

    public Simulation simulation() {
        return simulation;
    }

    public Topology topology() {
        return links.topology();
    }

    /**
     * Opens a channel for single flows; see {@link #open(int, int, long, double, EventHandler)}.
     *
     * @param listener told of each delivery with the time and the argument of the message
     */
    public int open(int fromGpu, int toGpu, EventHandler listener) {
        return open(fromGpu, toGpu, 0, 1, listener);
    }

    /**
     * Opens a channel.
     *
     * @param label tells channels between the same GPUs apart, which may then take different routes
     * @param flows number of equal flows that the channel stands for; each moves the bytes of every message
     * @param listener told of each delivery with the time and the argument of the message
     * @return number of the channel, valid until it is closed
     */
    public int open(int fromGpu, int toGpu, long label, double flows, EventHandler listener) {
        int channel = channels.add(fromGpu, toGpu, label, flows);
        transfers.ensureChannels(channels.capacity());
        if (channels.capacity() > listeners.length) {
            listeners = Arrays.copyOf(listeners, channels.capacity());
        }
        listeners[channel] = listener;
        routes.connect(channel);
        return channel;
    }

    /**
     * Puts a message behind those that wait on a channel.
     *
     * @param bytes size, not negative
     * @param argument handed to the channel's listener on arrival
     */
    public void send(int channel, double bytes, int argument) {
        if (!(bytes >= 0)) {
            throw new IllegalArgumentException("a message cannot have " + bytes + " bytes");
        }
        transfers.add(channel, bytes, argument);
    }

    /** Sends one message outside any channel of the caller's. */
    public void transfer(int fromGpu, int toGpu, double bytes, EventHandler listener, int argument) {
        int channel = open(fromGpu, toGpu, listener);
        channels.closing[channel] = true;
        send(channel, bytes, argument);
    }

    /** Closes a channel now if it is empty, else as soon as its last message has arrived. */
    public void close(int channel) {
        channels.closing[channel] = true;
        if (channels.undelivered[channel] == 0) {
            free(channel);
        }
    }

    private void free(int channel) {
        transfers.disconnect(channel);
        channels.remove(channel);
    }

    private void deliver(long now, int channel, int argument) {
        EventHandler listener = listeners[channel];
        if (channels.undelivered[channel] == 0 && channels.closing[channel]) {
            free(channel);
        }
        listener.onEvent(now, argument);
    }

    /**
     * Changes the health of one direction of a link.
     *
     * @param factor share of the capacity that is left, in [0, 1]; 0 fails the link
     */
    public void setLinkFactor(int link, double factor) {
        long before = links.version();
        links.setFactor(link, factor);
        system.setCapacity(link, links.bytesPerSecond(link));
        if (links.version() != before) {
            rerouteAll();
        }
        transfers.requestSolve();
    }

    private void rerouteAll() {
        for (int channel = 0; channel < channels.size(); channel++) {
            if (channels.open[channel] && routes.differs(channel)) {
                transfers.reroute(channel);
            }
        }
    }

    /** Share of a link's capacity that is in use now, in [0, 1]; 0 for a failed link. */
    public double utilisation(int link) {
        double capacity = system.capacity(link);
        return capacity > 0 ? system.load(link) / capacity : 0;
    }

    /** Bytes that each link has carried since the beginning. */
    public double[] carriedBytes() {
        double[] carried = routes.settledBytes();
        for (int channel = 0; channel < channels.size(); channel++) {
            if (channels.open[channel]) {
                routes.book(channel, transfers.movedBytes(channel), carried);
            }
        }
        return carried;
    }

    /** Whether no message is on its way. */
    public boolean isIdle() {
        return transfers.isIdle();
    }
}
