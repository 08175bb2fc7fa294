package trainyard.scenario.verify.sgd.simulation;

import java.util.Optional;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.ScaleUp;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.rule.Synchronous;
import trainyard.training.run.TrainingNetwork;
import trainyard.training.run.TrainingNetwork.TrainingFabric;

/**
 * Steps with parameter servers, whose messages share the links of a switch fairly: hosts of one port each, no latency, full rate. The
 * ring of the rows has neither the latencies nor the rates of a library, which collectives of the engine have, and what is a bound
 * of asynchronous workers no run attains; neither is simulated.
 */
final class ServerSimulation implements GoldenSimulation {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");

    /** Of the copies between port and GPU, so fast that only ports bound. */
    private static final double PORT_TO_GPU = 1e3;

    private static final int STEPS = 10;

    /** Model and computation are so many times as large, beside which the microsecond that a message takes inside hosts is nothing. */
    private static final double LARGER = 1e4;

    private final Replications replications;

    ServerSimulation(long seed) {
        replications = new Replications(seed);
    }

    @Override
    public Optional<SimulatedMean> simulate(String quantity, RowParameters row) {
        if (quantity.startsWith("sync iteration: compute + push + pull")) {
            return replications.certain(stepSeconds(row));
        }
        // Pull and push are as long as each other.
        return quantity.startsWith("sync push time")
                ? replications.certain((stepSeconds(row) - row.number("compute_s")) / 2)
                : Optional.empty();
    }

    private double stepSeconds(RowParameters row) {
        EngineRun run = new EngineRun(
                new Synchronous(Synchronous.Exchange.SERVER),
                row.whole("P"),
                ComputeLaw.fixed(LARGER * row.number("compute_s")),
                network(row));
        EngineRun.Stretch stretch = run.stretch(1, STEPS, replications.one());
        return stretch.seconds() / stretch.updates() / LARGER;
    }

    private static TrainingNetwork network(RowParameters row) {
        int servers = row.whole("shards");
        double port = row.number("server_nic_Bps");
        NodeSpec host = new NodeSpec(
                "host",
                HardwareCatalog.load().node("DGX A100").gpu(),
                1,
                ScaleUp.PCIE,
                1,
                port,
                PORT_TO_GPU * port,
                0,
                0,
                OF_THE_ROW);
        FabricSpec fabric = new FabricSpec("switch", FabricSpec.Kind.SINGLE_SWITCH, 0, 1, 1, OF_THE_ROW);
        ClusterSpec cluster = new ClusterSpec(host, row.whole("P") + servers, fabric);
        return new TrainingNetwork(
                Optional.of(new TrainingFabric(cluster, NcclModel.on(cluster))),
                servers,
                LARGER * row.number("model_bytes"),
                0);
    }
}
