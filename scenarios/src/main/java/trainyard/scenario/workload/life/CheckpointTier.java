package trainyard.scenario.workload.life;

import java.util.Optional;
import java.util.OptionalInt;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CopyPlacement;
import trainyard.faults.checkpoint.CrossGroupCopies;
import trainyard.faults.checkpoint.DeltaChain;
import trainyard.faults.checkpoint.Keeping;
import trainyard.faults.checkpoint.PeerCopies;
import trainyard.faults.checkpoint.ReplicatedState;
import trainyard.faults.checkpoint.Retention;
import trainyard.faults.checkpoint.Writing;
import trainyard.faults.layout.JobLayout;
import trainyard.parallel.memory.SavedStates;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.checkpoint.CheckpointSection;
import trainyard.scenario.section.checkpoint.RetentionSection;
import trainyard.scenario.section.checkpoint.SaveFields;
import trainyard.scenario.section.checkpoint.SaveFields.Content;
import trainyard.scenario.section.checkpoint.TierSection;
import trainyard.scenario.section.checkpoint.TierSection.Kind;
import trainyard.scenario.section.checkpoint.TierSection.Mode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.NodeSpec;

/**
 * One place where snapshots go, in seconds and bytes.
 *
 * @param values its section: an entry of {@code tiers}, or {@code checkpoint} where there is one place
 * @param kind where it is; empty where the keys of {@code checkpoint} say what it survives
 * @param states what a full snapshot holds
 * @param node a node of the job
 * @param layout how the job lies on its nodes
 * @param exposed share of a step that exchanges between nodes take which nothing hides
 */
record CheckpointTier(
        Values values, Optional<Kind> kind, SavedStates states, NodeSpec node, JobLayout layout, double exposed) {

    private static final double DEFAULT_BANDWIDTH = 100e9;
    /** A save does not take the whole port from the training. */
    private static final double MOST_OF_PORT = 0.9;

    String name() {
        return kind.map(where -> where.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .orElse("storage");
    }

    Mode mode() {
        return kind.isPresent()
                ? values.get(TierSection.MODE)
                : values.get(CheckpointSection.MODE) == CheckpointSection.Mode.SYNC ? Mode.SYNC : Mode.ASYNC;
    }

    private boolean isAt(Kind where) {
        return kind.filter(where::equals).isPresent();
    }

    private boolean isOnNodes() {
        return kind.map(Kind::isOnNodes).orElse(false);
    }

    /** What is written of a snapshot, over the whole state at full size. */
    private double shrink() {
        return values.get(SaveFields.CONTENT) == Content.QUANTISED ? values.get(SaveFields.SHRINK) : 1;
    }

    double encodeSeconds() {
        return values.get(SaveFields.ENCODE);
    }

    /** Bytes of a full snapshot, all copies together. */
    double bytes() {
        double copies = isAt(Kind.PEER_MEMORY) ? values.get(TierSection.COPIES) : 1;
        return states.totalBytes() * shrink() * copies;
    }

    /** What the last link of a chain or a full snapshot adds to the store, on average. */
    double meanWrittenBytes() {
        boolean chain = values.get(SaveFields.CONTENT) == Content.INCREMENTAL;
        double fullEvery = values.get(SaveFields.FULL_EVERY);
        return bytes() * (chain ? (1 + (fullEvery - 1) * values.get(SaveFields.DELTA)) / fullEvery : 1);
    }

    /** Time to write a part of a full snapshot without anything else. */
    private double writeSeconds(double part) {
        return values.find(SaveFields.WRITE).map(stated -> stated * part).orElseGet(() -> transfer(part, true));
    }

    double writeSeconds() {
        return writeSeconds(shrink());
    }

    private double restoreSeconds(double part) {
        return values.find(SaveFields.RESTORE).map(stated -> stated * part).orElseGet(() -> transfer(part, false));
    }

    /** Time to load a full snapshot. */
    double fullRestoreSeconds() {
        return restoreSeconds(shrink());
    }

    /** Time to load the newest snapshot, links of a chain on average. */
    double restoreSeconds() {
        double full = restoreSeconds(shrink());
        return values.get(SaveFields.CONTENT) == Content.INCREMENTAL
                ? full + (values.get(SaveFields.FULL_EVERY) - 1) / 2.0 * restoreSeconds(values.get(SaveFields.DELTA))
                : full;
    }

    private double transfer(double part, boolean write) {
        double nodeBytes = states.busiestNodeBytes() * part;
        if (isAt(Kind.PEER_MEMORY)) {
            return write
                    ? (values.get(TierSection.COPIES) - 1) * nodeBytes / nodeRate(true)
                    : states.busiestGpuBytes() * part / hostCopyBytesPerSecond();
        }
        double ofNode = nodeBytes / nodeRate(write);
        double shared = sharedRate();
        return shared == 0 ? ofNode : Math.max(ofNode, states.totalBytes() * part / shared);
    }

    /** All ranks together; 0 where only the nodes limit it. */
    private double sharedRate() {
        if (kind.isEmpty()) {
            return values.get(CheckpointSection.BANDWIDTH);
        }
        return values.find(TierSection.BANDWIDTH).orElse(isOnNodes() ? 0 : DEFAULT_BANDWIDTH);
    }

    private double nodeRate(boolean write) {
        Optional<Double> stated = values.find(SaveFields.BANDWIDTH_PER_NODE);
        if (stated.isPresent()) {
            return stated.get();
        }
        if (!isAt(Kind.LOCAL_NVME)) {
            return node.scaleOutBytesPerSecond();
        }
        double drives =
                write ? node.host().nvmeWriteBytesPerSecond() : node.host().nvmeReadBytesPerSecond();
        if (drives == 0) {
            throw new ScenarioException(Problem.at(
                    values.position(),
                    Problem.Kind.KEY,
                    "the rate of the drives of a " + node.name() + " is not known",
                    "write bandwidth-per-node, such as 10 GB/s"));
        }
        return drives;
    }

    /** What a snapshot holds the job up, waits for other saves left out. */
    double stallSeconds() {
        return encodeSeconds()
                + switch (mode()) {
                    case SYNC -> writeSeconds();
                    case ASYNC -> stagingSeconds();
                    case UPLOAD -> 0;
                };
    }

    private double stagingSeconds() {
        return kind.isPresent()
                ? values.get(TierSection.STALL).orElseGet(this::copyToHostSeconds)
                : values.get(CheckpointSection.STALL).orElseGet(this::copyToHostSeconds);
    }

    /** What is written is encoded on the GPU, before it is copied. */
    private double copyToHostSeconds() {
        return states.busiestGpuBytes() * shrink() / hostCopyBytesPerSecond();
    }

    /** Copies of a GPU from and to the memory of its host, while the other GPUs on its uplink copy, too. */
    private double hostCopyBytesPerSecond() {
        return Math.max(
                        node.pcieBytesPerSecond() / node.host().gpusPerUplink(),
                        node.host().ownLinkBytesPerSecond())
                * node.host().copyShare();
    }

    /** What is written beside the training. */
    double persistSeconds() {
        return mode() == Mode.SYNC ? 0 : writeSeconds();
    }

    /** Time after which one of the saves that may go on at the same time is over. */
    double writingTurnSeconds() {
        return mode() == Mode.ASYNC ? persistSeconds() / values.get(SaveFields.IN_FLIGHT) : 0;
    }

    double lagSeconds() {
        return values.get(SaveFields.DURABLE_AFTER);
    }

    /**
     * Share of its speed that the training loses while a save goes on: exchanges that take a share x of a step over ports of
     * which the save takes a share s take x / (1 - s) instead.
     */
    double slowdown() {
        Optional<Double> stated = values.get(SaveFields.INTERFERENCE);
        if (persistSeconds() == 0) {
            return 0;
        }
        if (stated.isPresent() || isAt(Kind.LOCAL_NVME) || mode() == Mode.UPLOAD) {
            return stated.orElse(0.0);
        }
        double ofPort = Math.min(
                MOST_OF_PORT, states.busiestNodeBytes() * shrink() / persistSeconds() / node.scaleOutBytesPerSecond());
        double longer = 1 + exposed * ofPort / (1 - ofPort);
        return 1 - 1 / longer;
    }

    /** The level for the engine. */
    CheckpointLevel level(int every) {
        return new CheckpointLevel(
                name(),
                every,
                SimTime.nanos(stallSeconds()),
                SimTime.nanos(persistSeconds()),
                SimTime.nanos(restoreSeconds(shrink())),
                kind.map(Kind::survives).orElseGet(() -> values.get(CheckpointSection.SURVIVES)),
                new Writing(
                        Math.toIntExact(values.get(SaveFields.IN_FLIGHT)),
                        slowdown(),
                        SimTime.nanos(lagSeconds()),
                        deltas()),
                keeping());
    }

    private Optional<DeltaChain> deltas() {
        if (values.get(SaveFields.CONTENT) != Content.INCREMENTAL) {
            return Optional.empty();
        }
        if (values.get(SaveFields.IN_FLIGHT) > 1) {
            throw new ScenarioException(Problem.at(
                    values.position(SaveFields.IN_FLIGHT),
                    Problem.Kind.PLAN,
                    "a tier of incremental snapshots has one save in flight, so that none is there before the one it builds on",
                    "write in-flight: 1, or content: full"));
        }
        double delta = values.get(SaveFields.DELTA);
        double write = writeSeconds(delta);
        double stall = switch (mode()) {
            case SYNC -> write;
            case ASYNC -> stagingSeconds() * delta;
            case UPLOAD -> 0;
        };
        return Optional.of(new DeltaChain(
                Math.toIntExact(values.get(SaveFields.FULL_EVERY)),
                SimTime.nanos(encodeSeconds() + stall),
                mode() == Mode.SYNC ? 0 : SimTime.nanos(write),
                SimTime.nanos(restoreSeconds(delta)),
                delta));
    }

    private Keeping keeping() {
        Keeping keeping = isOnNodes()
                ? Keeping.onNodes(placement(), SimTime.nanos(fetchSeconds()))
                : Keeping.PLAIN.with(retention());
        return keeping.withBytes(bytes()).withUnreadable(values.get(SaveFields.UNREADABLE));
    }

    Retention retention() {
        return RetentionSection.bind(values.get(SaveFields.RETENTION));
    }

    private double fetchSeconds() {
        return restoreSeconds(shrink()) + states.busiestNodeBytes() * shrink() / node.scaleOutBytesPerSecond();
    }

    /** Where the job holds several copies of the state, what one lost another one has. */
    CopyPlacement placement() {
        if (!isOnNodes()) {
            return CopyPlacement.OUTSIDE;
        }
        boolean replicated = layout.copies() > 1;
        int nodes = layout.copyNodes();
        CopyPlacement within = isAt(Kind.LOCAL_NVME) ? PeerCopies.own(nodes) : peers(nodes);
        return replicated && !(within instanceof CrossGroupCopies)
                ? new ReplicatedState(within, layout.copies(), layout.copyNodes())
                : within;
    }

    private CopyPlacement peers(int nodes) {
        int copies = Math.toIntExact(values.get(TierSection.COPIES));
        try {
            return switch (values.get(TierSection.PLACEMENT)) {
                case GROUP -> new PeerCopies(nodes, copies, PeerCopies.Pattern.GROUP);
                case RING -> new PeerCopies(nodes, copies, PeerCopies.Pattern.RING);
                case CROSS_GROUP -> new CrossGroupCopies(layout.replicas(), layout.replicaNodes(), copies);
            };
        } catch (IllegalArgumentException impossible) {
            throw new ScenarioException(Problem.at(
                    values.position(TierSection.PLACEMENT),
                    Problem.Kind.PLAN,
                    impossible.getMessage(),
                    "choose another placement or number of copies"));
        }
    }

    /** Snapshots of the tier before it that an upload has to skip between two; empty where it keeps up or is none. */
    OptionalInt uploadEvery(double baseSeconds) {
        return mode() == Mode.UPLOAD
                ? OptionalInt.of((int) Math.max(1, Math.ceil(writeSeconds() / baseSeconds)))
                : OptionalInt.empty();
    }
}
