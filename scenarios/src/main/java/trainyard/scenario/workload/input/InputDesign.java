package trainyard.scenario.workload.input;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.parallel.input.CheckpointTraffic;
import trainyard.parallel.input.HostCopy;
import trainyard.parallel.input.InputDemand;
import trainyard.parallel.input.InputPath;
import trainyard.parallel.input.InputStorage;
import trainyard.parallel.input.Loading;
import trainyard.parallel.input.SampleCache;
import trainyard.parallel.input.SampleData;
import trainyard.parallel.input.StorageClass;
import trainyard.parallel.input.StoragePauses;
import trainyard.parallel.input.TrafficRule;
import trainyard.parallel.job.TrainingJob;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.input.InputCacheSection;
import trainyard.scenario.section.input.InputCacheSection.Place;
import trainyard.scenario.section.input.InputCacheSection.Shuffle;
import trainyard.scenario.section.input.InputCheckpointSection;
import trainyard.scenario.section.input.InputDataSection;
import trainyard.scenario.section.input.InputSection;
import trainyard.scenario.section.input.InputStorageSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.HostSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** Turns the section {@code input} and the job that it feeds into a path and what is asked of it. */
final class InputDesign {

    /** A copy from pageable memory goes through a locked buffer of the driver first; assumed. */
    private static final double PAGEABLE_SHARE = 0.4;

    /** Weights of 2 bytes and three optimizer states of 4 per parameter. */
    private static final double CHECKPOINT_BYTES_PER_PARAMETER = 14;

    private final TrainingJob job;
    private final Values section;
    private final Values data;
    private final Values storage;
    private final Values cache;
    private final int gpusPerLoader;
    private final int loadersPerNode;

    /**
     * @param job what is trained; each data-parallel rank has a loader on its first node
     * @param section {@code input}
     */
    InputDesign(TrainingJob job, Values section) {
        this.job = job;
        this.section = section;
        this.data = section.get(InputSection.DATA);
        this.storage = section.get(InputSection.STORAGE);
        this.cache = section.get(InputSection.CACHE);
        int perReplica = job.plan().gpus() / job.plan().data();
        int perNode = node().gpus();
        this.gpusPerLoader = Math.min(perReplica, perNode);
        this.loadersPerNode = Math.min(job.plan().data(), Math.max(1, perNode / perReplica));
    }

    private NodeSpec node() {
        return job.cluster().node();
    }

    private HostSpec host() {
        return node().host();
    }

    SampleData sample() {
        return InputDataSection.bind(data, job.batch().sequence());
    }

    /**
     * The path.
     *
     * @throws ScenarioException if a rate is not known
     */
    InputPath path() {
        Loading loading = new Loading(workers(), prefetch(), cores());
        Map<StorageClass, TrafficRule> rules = new EnumMap<>(StorageClass.class);
        boolean weighted = storage.isWritten(InputStorageSection.DATA_WEIGHT);
        rules.put(
                StorageClass.DATA,
                new TrafficRule(
                        weighted
                                ? OptionalDouble.of(storage.get(InputStorageSection.DATA_WEIGHT))
                                : OptionalDouble.empty(),
                        Double.POSITIVE_INFINITY,
                        nodeRate() / loadersPerNode));
        int streams = streams();
        int streamsPerNode =
                (streams + job.cluster().nodes() - 1) / job.cluster().nodes();
        rules.put(
                StorageClass.CHECKPOINT,
                new TrafficRule(
                        weighted
                                ? OptionalDouble.of(storage.get(InputStorageSection.CHECKPOINT_WEIGHT))
                                : OptionalDouble.empty(),
                        storage.find(InputStorageSection.CHECKPOINT_LIMIT).orElse(Double.POSITIVE_INFINITY),
                        nodeRate() / streamsPerNode));
        Optional<StoragePauses> pauses = storage.find(InputStorageSection.PAUSE_EVERY)
                .map(every -> StoragePauses.withMeans(every, storage.get(InputStorageSection.PAUSE_LENGTH)));
        InputStorage shared = new InputStorage(
                storage.get(InputStorageSection.BANDWIDTH),
                storage.get(InputStorageSection.LATENCY),
                storage.get(InputStorageSection.LATENCY_VARIATION),
                pauses,
                rules);
        return new InputPath(sample(), loading, shared, localRate(), copy(), checkpoints(streams));
    }

    /** What a job asks whose steps take so long when they wait for no data. */
    InputDemand demand(double stepSeconds) {
        return new InputDemand(
                job.plan().data(), job.microBatches(), job.batch().micro(), stepSeconds);
    }

    private int workers() {
        return Math.toIntExact(section.get(InputSection.WORKERS));
    }

    private int prefetch() {
        return section.get(InputSection.PREFETCH).map(Math::toIntExact).orElse(2 * workers());
    }

    private int cores() {
        return Math.toIntExact(section.get(InputSection.CORES_PER_GPU) * gpusPerLoader);
    }

    private int streams() {
        return section.find(InputSection.CHECKPOINT)
                .flatMap(values -> values.get(InputCheckpointSection.STREAMS))
                .map(Math::toIntExact)
                .orElse(job.plan().gpus());
    }

    private Optional<CheckpointTraffic> checkpoints(int streams) {
        return section.find(InputSection.CHECKPOINT)
                .map(values -> new CheckpointTraffic(
                        values.get(InputCheckpointSection.SIZE)
                                .orElse(CHECKPOINT_BYTES_PER_PARAMETER
                                        * job.model().trainedParameters()),
                        Math.toIntExact(values.get(InputCheckpointSection.EVERY)),
                        streams));
    }

    private double nodeRate() {
        double rate = storage.get(InputStorageSection.NODE_BANDWIDTH).orElse(node().scaleOutBytesPerSecond());
        if (!(rate > 0)) {
            throw new ScenarioException(Problem.at(
                    storage.position(),
                    Problem.Kind.PLAN,
                    "the rate of the network ports of " + node().name() + " is not known",
                    "write input.storage.node-bandwidth"));
        }
        return rate;
    }

    private HostCopy copy() {
        double own = host().ownLinkBytesPerSecond();
        double link = own > 0 ? own : node().pcieBytesPerSecond() / host().gpusPerUplink();
        boolean pinned = section.get(InputSection.COPY) == InputSection.Copy.PINNED;
        double rate = host().copyShare() * link * (pinned ? 1 : PAGEABLE_SHARE);
        if (!(rate > 0)) {
            throw new ScenarioException(Problem.at(
                    section.position(),
                    Problem.Kind.PLAN,
                    "the rate between host and GPU of " + node().name() + " is not known",
                    "write cluster.node.pcie-bandwidth"));
        }
        return new HostCopy(rate, pinned);
    }

    /** Reads from memory cost nothing beside those from drives. */
    private double localRate() {
        if (cache.get(InputCacheSection.PLACE) != Place.NVME) {
            return Double.POSITIVE_INFINITY;
        }
        if (!(host().nvmeReadBytesPerSecond() > 0)) {
            throw new ScenarioException(Problem.at(
                    cache.position(InputCacheSection.PLACE),
                    Problem.Kind.PLAN,
                    "the rate of the drives of " + node().name() + " is not known",
                    "write cluster.node.nvme-read"));
        }
        return host().nvmeReadBytesPerSecond() / loadersPerNode;
    }

    /**
     * What the caches of the nodes hold.
     *
     * @throws ScenarioException if the size of the data set or the room is not known, or too small
     */
    SampleCache cache() {
        Place place = cache.get(InputCacheSection.PLACE);
        if (place == Place.NONE) {
            return SampleCache.NONE;
        }
        double dataSet = data.find(InputDataSection.SIZE)
                .orElseThrow(() -> new ScenarioException(Problem.at(
                        cache.position(InputCacheSection.PLACE),
                        Problem.Kind.KEY,
                        "what share of the data a cache holds needs the size of the data set",
                        "write input.data.size")));
        int readers = (job.plan().data() + loadersPerNode - 1) / loadersPerNode;
        boolean shard = cache.get(InputCacheSection.SHUFFLE) == Shuffle.SHARD;
        double share = cacheBytes(place) / (shard ? dataSet / readers : dataSet);
        return new SampleCache(
                cache.get(InputCacheSection.POLICY),
                Math.min(1, share),
                shard ? 1 : readers,
                Math.toIntExact(section.get(InputSection.EPOCH)));
    }

    private double cacheBytes(Place place) {
        double room = place == Place.MEMORY ? host().memoryBytes() : host().nvmeBytes();
        double size = cache.get(InputCacheSection.SIZE).orElse(room);
        if (room > 0 && size > room) {
            throw new ScenarioException(Problem.at(
                    cache.position(InputCacheSection.SIZE),
                    Problem.Kind.PLAN,
                    "a node keeps at most " + Units.format(room, Dimension.DATA) + " there",
                    "lower input.cache.size"));
        }
        if (!(room > 0) && cache.get(InputCacheSection.SIZE).isEmpty()) {
            throw new ScenarioException(Problem.at(
                    cache.position(),
                    Problem.Kind.PLAN,
                    "how much " + node().name() + " keeps there is not known",
                    "write input.cache.size"));
        }
        return size;
    }

    /** Steps of an epoch; empty where the size of the data set is not stated. */
    Optional<Double> stepsPerEpoch() {
        return data.find(InputDataSection.SIZE)
                .map(bytes -> bytes / sample().storedBytes() / job.batch().global());
    }
}
