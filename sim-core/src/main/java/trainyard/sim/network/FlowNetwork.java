package trainyard.sim.network;

import java.util.Arrays;
import java.util.stream.IntStream;
import trainyard.sim.engine.EventHandler;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.topology.EcmpRouter;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.Topology;

/**
 * Messages between GPUs over a shared fabric, at the level of flows.
 *
 * <p><b>Channel.</b> A route between two GPUs on which messages follow each other. The message at the head transfers at
 * the channel's max-min fair rate {@code r}; behind its last byte the next one starts. A message of {@code S} bytes that
 * has its channel to itself arrives after
 *
 * <pre>  o + S / r + sum over the links of the route of their latency,</pre>
 *
 * where {@code o} is the fixed cost of a message. Its bytes occupy the links for {@code S / r} only, so latency overlaps
 * with the next message.
 *
 * <p><b>Sharing.</b> Any number of jobs use one network. Rates change when a transfer starts or ends or a link changes;
 * they are worked out once per timestamp, behind all other events of that time, and only for the component of links and
 * flows that changed (see {@link MaxMinSystem}). Between two changes of a rate, a transfer advances by arithmetic: its
 * remaining bytes are brought up to date, and its end scheduled anew, only when its rate changes. Ends are rounded up to
 * whole nanoseconds.
 *
 * <p><b>Failures.</b> After {@link #setLinkFactor} each channel that uses a failed link is led around it; a channel
 * whose GPUs are no longer connected is stalled, keeps its messages, and goes on when a way opens.
 */
public final class FlowNetwork {

    /** Priority of the events that end transfers and deliver messages. */
    public static final int MESSAGE_PRIORITY = 0;

    /** Priority of the event that works out rates: behind everything that models do at the same time. */
    public static final int SOLVE_PRIORITY = 100;

    private static final int NONE = -1;

    private final Simulation simulation;
    private final LinkState links;
    private final EcmpRouter router;
    private final MaxMinSystem system;
    private final ChannelTable channels = new ChannelTable();
    private final MessagePool messages = new MessagePool();
    private final Agenda setUps;
    private final Agenda transferEnds;
    private final Agenda deliveries;
    private final long messageNanos;
    private final int solveHandler;
    private final double[] settledBytes;
    private final int[] routeScratch;
    private int[] channelOfVariable = new int[16];
    private EventHandler[] listeners = new EventHandler[16];
    private boolean solvePending;

    /** A network without a fixed cost per message. */
    public FlowNetwork(Simulation simulation, LinkState links) {
        this(simulation, links, 0);
    }

    /**
     * @param simulation clock and events
     * @param links health of the topology's links; change it through {@link #setLinkFactor} only
     * @param messageSeconds fixed cost of each message, spent before its first byte leaves
     */
    public FlowNetwork(Simulation simulation, LinkState links, double messageSeconds) {
        this.simulation = simulation;
        this.links = links;
        router = new EcmpRouter(links);
        double[] capacities = new double[links.topology().links()];
        for (int link = 0; link < capacities.length; link++) {
            capacities[link] = links.bytesPerSecond(link);
        }
        system = new MaxMinSystem(capacities, Topology.MAX_ROUTE_LINKS);
        messageNanos = SimTime.nanos(messageSeconds);
        setUps = new Agenda(simulation, MESSAGE_PRIORITY, this::startTransfer);
        transferEnds = new Agenda(simulation, MESSAGE_PRIORITY, this::endTransfer);
        deliveries = new Agenda(simulation, MESSAGE_PRIORITY, this::deliver);
        solveHandler = simulation.register((now, argument) -> solve(now));
        settledBytes = new double[capacities.length];
        routeScratch = new int[links.topology().vertices()];
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
        setUps.ensureItems(channels.capacity());
        transferEnds.ensureItems(channels.capacity());
        if (channels.capacity() > listeners.length) {
            listeners = Arrays.copyOf(listeners, channels.capacity());
        }
        listeners[channel] = listener;
        connect(channel);
        return channel;
    }

    private void connect(int channel) {
        int count = router.route(channels.from[channel], channels.to[channel], channels.label[channel], routeScratch);
        channels.connected[channel] = count >= 0;
        channels.variable[channel] = NONE;
        channels.latencyNanos[channel] = 0;
        if (count > 0) {
            int variable = system.add(routeScratch, count, channels.flows[channel]);
            if (variable >= channelOfVariable.length) {
                channelOfVariable = Arrays.copyOf(channelOfVariable, 2 * variable);
            }
            channelOfVariable[variable] = channel;
            channels.variable[channel] = variable;
            for (int i = 0; i < count; i++) {
                channels.latencyNanos[channel] += topology().latencyNanos(routeScratch[i]);
            }
        }
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
        int message = messages.add(channel, bytes, argument);
        deliveries.ensureItems(messages.capacity());
        channels.undelivered[channel]++;
        if (channels.head[channel] == NONE) {
            channels.head[channel] = message;
            channels.tail[channel] = message;
            begin(simulation.now(), channel);
        } else {
            messages.setNext(channels.tail[channel], message);
            channels.tail[channel] = message;
        }
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
        disconnect(channel);
        channels.remove(channel);
    }

    /** Books what the channel has moved on its links and gives its variable back. */
    private void disconnect(int channel) {
        int variable = channels.variable[channel];
        double moved = movedBytes(channel);
        if (variable != NONE) {
            for (int i = 0; i < system.links(variable); i++) {
                settledBytes[system.link(variable, i)] += moved * channels.flows[channel];
            }
            system.remove(variable);
        }
        // What the message under way has moved already is booked here and must not be booked again at its end.
        channels.movedBytes[channel] -= moved;
    }

    /** The message at the head of a channel starts. */
    private void begin(long now, int channel) {
        channels.remainingBytes[channel] = messages.bytes(channels.head[channel]);
        channels.updatedNanos[channel] = now;
        if (messageNanos > 0) {
            pause(channel);
            setUps.set(channel, now + messageNanos);
        } else {
            startTransfer(now, channel);
        }
    }

    private void startTransfer(long now, int channel) {
        int variable = channels.variable[channel];
        channels.updatedNanos[channel] = now;
        if (variable == NONE || channels.remainingBytes[channel] == 0) {
            if (channels.connected[channel]) {
                transferEnds.set(channel, now);
            }
        } else if (system.isActive(variable)) {
            scheduleEnd(now, channel);
        } else {
            system.activate(variable);
            requestSolve();
        }
    }

    /** Takes the channel out of the competition for links. */
    private void pause(int channel) {
        int variable = channels.variable[channel];
        if (variable != NONE && system.isActive(variable)) {
            system.deactivate(variable);
            channels.rate[channel] = 0;
            if (system.isDirty()) {
                requestSolve();
            }
        }
    }

    private void scheduleEnd(long now, int channel) {
        double rate = channels.rate[channel];
        if (rate > 0) {
            transferEnds.set(channel, now + SimTime.nanos(channels.remainingBytes[channel] / rate));
        } else {
            transferEnds.clear(channel);
        }
    }

    private void endTransfer(long now, int channel) {
        int message = channels.head[channel];
        channels.head[channel] = messages.next(message);
        channels.movedBytes[channel] += messages.bytes(message);
        channels.remainingBytes[channel] = 0;
        deliveries.set(message, now + channels.latencyNanos[channel]);
        if (channels.head[channel] == NONE) {
            pause(channel);
        } else {
            begin(now, channel);
        }
    }

    private void deliver(long now, int message) {
        int channel = messages.channel(message);
        int argument = messages.argument(message);
        EventHandler listener = listeners[channel];
        messages.remove(message);
        channels.undelivered[channel]--;
        if (channels.undelivered[channel] == 0 && channels.closing[channel]) {
            free(channel);
        }
        listener.onEvent(now, argument);
    }

    private void requestSolve() {
        if (!solvePending) {
            solvePending = true;
            simulation.schedule(simulation.now(), SOLVE_PRIORITY, solveHandler, 0);
        }
    }

    private void solve(long now) {
        solvePending = false;
        int count = system.solve();
        for (int i = 0; i < count; i++) {
            int variable = system.changed(i);
            int channel = channelOfVariable[variable];
            advance(now, channel);
            channels.rate[channel] = system.rate(variable);
            scheduleEnd(now, channel);
        }
    }

    /** Brings the remaining bytes of the message at the head up to date. */
    private void advance(long now, int channel) {
        double seconds = (now - channels.updatedNanos[channel]) * 1e-9;
        channels.remainingBytes[channel] =
                Math.max(0, channels.remainingBytes[channel] - channels.rate[channel] * seconds);
        channels.updatedNanos[channel] = now;
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
        requestSolve();
    }

    /** Changes the health of every link at a vertex, such as a switch or a network port. */
    public void setVertexFactor(int vertex, double factor) {
        long before = links.version();
        for (int link : topology().linksAt(vertex)) {
            links.setFactor(link, factor);
            system.setCapacity(link, links.bytesPerSecond(link));
        }
        if (links.version() != before) {
            rerouteAll();
        }
        requestSolve();
    }

    private void rerouteAll() {
        for (int channel = 0; channel < channels.size(); channel++) {
            if (channels.open[channel] && routeDiffers(channel)) {
                reroute(channel);
            }
        }
    }

    private boolean routeDiffers(int channel) {
        int count = router.route(channels.from[channel], channels.to[channel], channels.label[channel], routeScratch);
        int variable = channels.variable[channel];
        if (variable == NONE) {
            return count != 0;
        }
        boolean same = count == system.links(variable);
        for (int i = 0; same && i < count; i++) {
            same = system.link(variable, i) == routeScratch[i];
        }
        return !same;
    }

    private void reroute(int channel) {
        long now = simulation.now();
        boolean transferring = channels.variable[channel] != NONE && system.isActive(channels.variable[channel]);
        boolean stalled = !channels.connected[channel];
        advance(now, channel);
        channels.rate[channel] = 0;
        disconnect(channel);
        connect(channel);
        boolean waiting = channels.head[channel] != NONE;
        if (waiting && (transferring || stalled)) {
            setUps.clear(channel);
            transferEnds.clear(channel);
            startTransfer(now, channel);
        }
    }

    /** Channels with messages that cannot move because their GPUs are not connected. */
    public int[] stalledChannels() {
        return IntStream.range(0, channels.size())
                .filter(c -> channels.open[c] && !channels.connected[c] && channels.head[c] != NONE)
                .toArray();
    }

    public int fromGpu(int channel) {
        return channels.from[channel];
    }

    public int toGpu(int channel) {
        return channels.to[channel];
    }

    /** Latency of a channel's route in nanoseconds. */
    public long latencyNanos(int channel) {
        return channels.latencyNanos[channel];
    }

    /** Present rate of each flow of a channel in bytes/s. */
    public double bytesPerSecond(int channel) {
        return channels.rate[channel];
    }

    /** Share of a link's capacity that is in use now, in [0, 1]; 0 for a failed link. */
    public double utilisation(int link) {
        double capacity = system.capacity(link);
        return capacity > 0 ? system.load(link) / capacity : 0;
    }

    /** Bytes that each link has carried since the beginning. */
    public double[] carriedBytes() {
        double[] carried = settledBytes.clone();
        for (int channel = 0; channel < channels.size(); channel++) {
            int variable = channels.variable[channel];
            if (channels.open[channel] && variable != NONE) {
                double bytes = movedBytes(channel) * channels.flows[channel];
                for (int i = 0; i < system.links(variable); i++) {
                    carried[system.link(variable, i)] += bytes;
                }
            }
        }
        return carried;
    }

    /** Bytes of one flow of a channel since its route was set, those of the message under way included. */
    private double movedBytes(int channel) {
        double moved = channels.movedBytes[channel];
        if (channels.head[channel] == NONE) {
            return moved;
        }
        double seconds = (simulation.now() - channels.updatedNanos[channel]) * 1e-9;
        double remaining = Math.max(0, channels.remainingBytes[channel] - channels.rate[channel] * seconds);
        return moved + messages.bytes(channels.head[channel]) - remaining;
    }

    /** Whether no message is on its way. */
    public boolean isIdle() {
        return messages.isEmpty();
    }
}
