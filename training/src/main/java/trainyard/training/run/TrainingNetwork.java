package trainyard.training.run;

import java.util.Optional;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.training.clock.Alarms;
import trainyard.training.clock.Slowness;
import trainyard.training.wire.AccessLinks;
import trainyard.training.wire.AccessWire;
import trainyard.training.wire.FabricWire;
import trainyard.training.wire.FreeWire;
import trainyard.training.wire.MeasuredWire;
import trainyard.training.wire.Wire;

/**
 * The network of a run.
 *
 * @param fabric links and collectives; empty: exchange takes no time
 * @param access links of each worker before it; empty: none
 * @param measured link of a measured machine between any two processes, in place of a fabric; empty: none
 * @param servers parameter servers, each on a node of its own
 * @param bytesPerParameter on the wire, such as 4
 * @param serverSeconds time that servers take for one gradient, one after the other
 */
public record TrainingNetwork(
        Optional<TrainingFabric> fabric,
        Optional<AccessLinks> access,
        Optional<LinkFit> measured,
        int servers,
        double bytesPerParameter,
        double serverSeconds) {

    /** Exchange that takes no time, with four bytes a parameter. */
    public static final TrainingNetwork FREE = new TrainingNetwork(Optional.empty(), 1, Float.BYTES, 0);

    /** A network without access links. */
    public TrainingNetwork(
            Optional<TrainingFabric> fabric, int servers, double bytesPerParameter, double serverSeconds) {
        this(fabric, Optional.empty(), Optional.empty(), servers, bytesPerParameter, serverSeconds);
    }

    /** The same behind links of each worker. */
    public TrainingNetwork withAccess(AccessLinks links) {
        return new TrainingNetwork(fabric, Optional.of(links), measured, servers, bytesPerParameter, serverSeconds);
    }

    /** The same over a measured link between any two processes. */
    public TrainingNetwork withMeasured(LinkFit link) {
        return new TrainingNetwork(fabric, access, Optional.of(link), servers, bytesPerParameter, serverSeconds);
    }

    /** The same with servers that take so long for one gradient. */
    public TrainingNetwork withServerSeconds(double seconds) {
        return new TrainingNetwork(fabric, access, measured, servers, bytesPerParameter, seconds);
    }

    /**
     * Links and collectives.
     *
     * @param cluster nodes for workers and servers
     * @param collectives how long a collective takes there
     */
    public record TrainingFabric(ClusterSpec cluster, CollectiveModel collectives) {}

    /**
     * @param slowness how slow the cores of workers are
     */
    Wire wire(Alarms alarms, int workers, Slowness slowness) {
        Wire wire = fabric.<Wire>map(
                        links -> new FabricWire(alarms, links.cluster(), links.collectives(), workers, servers))
                .or(() -> measured.map(link -> new MeasuredWire(alarms, link, slowness)))
                .orElseGet(FreeWire::new);
        return access.<Wire>map(links -> new AccessWire(alarms, wire, links, workers))
                .orElse(wire);
    }
}
