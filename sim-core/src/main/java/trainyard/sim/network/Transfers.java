package trainyard.sim.network;

import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;

/**
 * Moves the messages of channels: the one at the head of each transfers at the rate of its channel, the others wait.
 *
 * <p>Between two changes of a rate, a transfer advances by arithmetic: its remaining bytes are brought up to date, and its
 * end scheduled anew, only when its rate changes. Ends are rounded up to whole nanoseconds.
 */
final class Transfers {

    /** Told about each message that has arrived. */
    interface Listener {
        void onDelivery(long nowNanos, int channel, int argument);
    }

    private static final int NONE = -1;

    private final Simulation simulation;
    private final ChannelTable channels;
    private final ChannelRoutes routes;
    private final MaxMinSystem system;
    private final Listener listener;
    private final MessagePool messages = new MessagePool();
    private final Agenda transferEnds;
    private final Agenda deliveries;
    private final int solveHandler;
    private boolean solvePending;

    Transfers(Simulation simulation, ChannelTable channels, ChannelRoutes routes, Listener listener) {
        this.simulation = simulation;
        this.channels = channels;
        this.routes = routes;
        this.listener = listener;
        system = routes.system();
        transferEnds = new Agenda(simulation, FlowNetwork.MESSAGE_PRIORITY, this::endTransfer);
        deliveries = new Agenda(simulation, FlowNetwork.MESSAGE_PRIORITY, this::deliver);
        solveHandler = simulation.register((now, argument) -> solve(now));
    }

    /** Makes room for channels numbered below {@code count}. */
    void ensureChannels(int count) {
        transferEnds.ensureItems(count);
    }

    /** Puts a message behind those that wait on a channel. */
    void add(int channel, double bytes, int argument) {
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

    /** The message at the head of a channel starts. */
    private void begin(long now, int channel) {
        channels.remainingBytes[channel] = messages.bytes(channels.head[channel]);
        channels.updatedNanos[channel] = now;
        startTransfer(now, channel);
    }

    private void startTransfer(long now, int channel) {
        int variable = channels.variable[channel];
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
        messages.remove(message);
        channels.undelivered[channel]--;
        listener.onDelivery(now, channel, argument);
    }

    /** Has the rates brought up to date at the end of the present moment. */
    void requestSolve() {
        if (!solvePending) {
            solvePending = true;
            simulation.schedule(simulation.now(), FlowNetwork.SOLVE_PRIORITY, solveHandler, 0);
        }
    }

    private void solve(long now) {
        solvePending = false;
        int count = system.solve();
        for (int i = 0; i < count; i++) {
            int variable = system.changed(i);
            int channel = routes.channelOf(variable);
            advance(now, channel);
            channels.rate[channel] = system.rate(variable);
            scheduleEnd(now, channel);
        }
    }

    /** Brings the remaining bytes of the message at the head up to date. */
    private void advance(long now, int channel) {
        channels.remainingBytes[channel] = remainingBytes(now, channel);
        channels.updatedNanos[channel] = now;
    }

    private double remainingBytes(long now, int channel) {
        double seconds = (now - channels.updatedNanos[channel]) * 1e-9;
        return Math.max(0, channels.remainingBytes[channel] - channels.rate[channel] * seconds);
    }

    /** Leads a channel to another route, on which the message under way goes on with the bytes that it has left. */
    void reroute(int channel) {
        long now = simulation.now();
        boolean transferring = channels.variable[channel] != NONE && system.isActive(channels.variable[channel]);
        boolean stalled = !channels.connected[channel];
        advance(now, channel);
        channels.rate[channel] = 0;
        disconnect(channel);
        routes.connect(channel);
        boolean waiting = channels.head[channel] != NONE;
        if (waiting && (transferring || stalled)) {
            transferEnds.clear(channel);
            startTransfer(now, channel);
        }
    }

    /** Takes a channel off its route. */
    void disconnect(int channel) {
        double moved = movedBytes(channel);
        routes.disconnect(channel, moved);
        // What the message under way has moved already is booked here and must not be booked again at its end.
        channels.movedBytes[channel] -= moved;
    }

    /** Bytes of one flow of a channel since its route was set, those of the message under way included. */
    double movedBytes(int channel) {
        double moved = channels.movedBytes[channel];
        if (channels.head[channel] == NONE) {
            return moved;
        }
        return moved + messages.bytes(channels.head[channel]) - remainingBytes(simulation.now(), channel);
    }

    /** Whether no message is on its way. */
    boolean isIdle() {
        return messages.isEmpty();
    }
}
