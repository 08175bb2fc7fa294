package trainyard.sim.network;

import java.util.function.Predicate;
import trainyard.sim.topology.LinkKind;
import trainyard.sim.topology.Topology;

/**
 * How much of each link was used over a stretch of time.
 *
 * @param topology the links
 * @param carriedBytes bytes that each has carried
 * @param seconds length of the stretch, positive
 */
public record LinkLoads(Topology topology, double[] carriedBytes, double seconds) {

    public LinkLoads {
        carriedBytes = carriedBytes.clone();
        if (carriedBytes.length != topology.links()) {
            throw new IllegalArgumentException(
                    "expected bytes of " + topology.links() + " links, got " + carriedBytes.length);
        }
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("seconds must be positive, got " + seconds);
        }
    }

    /** What a network has carried since its clock began. */
    public static LinkLoads of(FlowNetwork network) {
        return new LinkLoads(
                network.topology(), network.carriedBytes(), network.simulation().now() * 1e-9);
    }

    @Override
    public double[] carriedBytes() {
        return carriedBytes.clone();
    }

    /** Mean share of a link's healthy capacity, in [0, 1] up to rounding. */
    public double load(int link) {
        return carriedBytes[link] / (topology.bytesPerSecond(link) * seconds);
    }

    /** Largest load of the links of some kinds; 0 where there are none. */
    public double busiest(Predicate<LinkKind> kinds) {
        double most = 0;
        for (int link = 0; link < carriedBytes.length; link++) {
            if (kinds.test(topology.link(link).kind())) {
                most = Math.max(most, load(link));
            }
        }
        return most;
    }
}
