package trainyard.sim.network;

import java.util.Arrays;
import trainyard.sim.topology.EcmpRouter;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.Topology;

/**
 * The way of each channel through the fabric, its variable in the max-min system, and the bytes that channels have moved
 * over links that they have left since.
 */
final class ChannelRoutes {

    private static final int NONE = -1;

    private final ChannelTable channels;
    private final Topology topology;
    private final EcmpRouter router;
    private final MaxMinSystem system;
    private final int[] routeScratch;
    private int[] channelOfVariable = new int[16];
    private final double[] settledBytes;

    ChannelRoutes(ChannelTable channels, LinkState links) {
        this.channels = channels;
        topology = links.topology();
        router = new EcmpRouter(links);
        double[] capacities = new double[topology.links()];
        for (int link = 0; link < capacities.length; link++) {
            capacities[link] = links.bytesPerSecond(link);
        }
        system = new MaxMinSystem(capacities, links.topology().mostRouteLinks());
        routeScratch = new int[topology.vertices()];
        settledBytes = new double[capacities.length];
    }

    /** The rates on these routes. */
    MaxMinSystem system() {
        return system;
    }

    int channelOf(int variable) {
        return channelOfVariable[variable];
    }

    private int route(int channel) {
        return router.route(channels.from[channel], channels.to[channel], channels.label[channel], routeScratch);
    }

    /** Gives a channel the route that is open to it now, if there is one. */
    void connect(int channel) {
        int count = route(channel);
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
                channels.latencyNanos[channel] += topology.latencyNanos(routeScratch[i]);
            }
        }
    }

    /**
     * Takes a channel off its route.
     *
     * @param movedBytes bytes that each of its flows has moved since it was connected
     */
    void disconnect(int channel, double movedBytes) {
        if (channels.variable[channel] != NONE) {
            book(channel, movedBytes, settledBytes);
            system.remove(channels.variable[channel]);
        }
    }

    /** Adds what a channel has moved to the bytes of its links. */
    void book(int channel, double movedBytes, double[] linkBytes) {
        int variable = channels.variable[channel];
        if (variable != NONE) {
            for (int i = 0; i < system.links(variable); i++) {
                linkBytes[system.link(variable, i)] += movedBytes * channels.flows[channel];
            }
        }
    }

    /** Bytes of each link from channels that have been disconnected since. */
    double[] settledBytes() {
        return settledBytes.clone();
    }

    /** Whether a channel would take another way if it were connected now. */
    boolean differs(int channel) {
        int count = route(channel);
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
}
