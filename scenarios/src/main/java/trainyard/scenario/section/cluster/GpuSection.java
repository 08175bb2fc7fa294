package trainyard.scenario.section.cluster;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.preset.Presets;
import trainyard.scenario.section.preset.ProfileFile;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.units.Dimension;

/** {@code cluster.node.gpu}: the GPU, from the catalogue or changed from it. */
public final class GpuSection {

    public static final Field<GpuSpec> PRESET = Field.of(
            "preset",
            ChoiceType.preset("GPU", Presets.gpus()).or(Presets.otherGpus()),
            "GPU of the catalogue, as `trainyard show hardware` lists it. Left out: the GPU of the node preset.");
    public static final Field<Double> MEMORY =
            Field.of("memory", QuantityType.positive(Dimension.DATA), "Device memory. Left out: that of the preset.");
    public static final Field<Double> MEMORY_BANDWIDTH = Field.of(
            "memory-bandwidth",
            QuantityType.positive(Dimension.DATA_RATE),
            "Peak bandwidth of the device memory. Left out: that of the preset.");
    public static final Field<Double> PEAK_FP16 = Field.of(
            "peak-fp16",
            QuantityType.positive(Dimension.COMPUTE_RATE),
            "Dense peak rate in fp16 and bf16, sparsity not counted. Left out: that of the preset.");
    public static final Field<Double> SCALE_UP_BANDWIDTH = Field.of(
            "scale-up-bandwidth",
            QuantityType.positive(Dimension.DATA_RATE),
            "Bandwidth of all links to the other GPUs of the node, per direction. Left out: that of the preset.");

    public static final Field<String> CALIBRATION = Field.of(
            "calibration",
            TextType.ANY,
            "YAML file with measurements of this GPU (`trainyard/calibration-profile/1`), relative to the folder of the"
                    + " scenario, or the name of a profile that comes with Trainyard. Its matrix products, memory bandwidth, launch gap and host copies replace what the"
                    + " model assumes; what it does not hold stays modelled.");

    public static final Section SECTION = Section.of(
            "cluster.node.gpu",
            "The GPU of every node.",
            PRESET,
            MEMORY,
            MEMORY_BANDWIDTH,
            PEAK_FP16,
            SCALE_UP_BANDWIDTH,
            CALIBRATION);

    private GpuSection() {}

    /**
     * The measurements that the section names.
     *
     * @throws ScenarioException if the file cannot be read or is not a profile of a GPU
     */
    static Optional<CalibrationProfile> calibration(Values values) {
        return values.find(CALIBRATION).map(file -> {
            CalibrationProfile profile = ProfileFile.load(file, values.position(CALIBRATION));
            if (profile.machine().gpu().isEmpty()) {
                throw new ScenarioException(Problem.at(
                        values.position(CALIBRATION),
                        Problem.Kind.VALUE,
                        "the profile " + profile.id() + " is of a machine without a GPU",
                        "name a profile of a GPU, or leave calibration out; sgd.machine takes profiles of processors"));
            }
            return profile;
        });
    }

    /** The GPU that the section describes, starting from that of the node. */
    static GpuSpec bind(Values values, GpuSpec ofNode) {
        GpuSpec base = values.find(PRESET).orElse(ofNode);
        Optional<Double> peak = values.find(PEAK_FP16);
        boolean changed = values.isWritten(MEMORY)
                || values.isWritten(MEMORY_BANDWIDTH)
                || values.isWritten(SCALE_UP_BANDWIDTH)
                || peak.isPresent();
        if (!changed) {
            return base;
        }
        Map<Precision, Double> peaks = new EnumMap<>(base.peakFlopsPerSecond());
        Map<Precision, Double> sustained = new HashMap<>(base.sustainedGemmFlopsPerSecond());
        peak.ifPresent(rate -> {
            sustained.computeIfPresent(Precision.BF16, (bf16, kept) -> kept * rate / base.peak(Precision.FP16));
            peaks.put(Precision.FP16, rate);
            peaks.put(Precision.BF16, rate);
        });
        return new GpuSpec(
                base.name() + " (changed)",
                base.architecture(),
                base.smCount(),
                peaks,
                values.find(MEMORY).orElse(base.memoryBytes()),
                values.find(MEMORY_BANDWIDTH).orElse(base.memoryBytesPerSecond()),
                base.l2Bytes(),
                base.scaleUpLink(),
                values.find(SCALE_UP_BANDWIDTH).orElse(base.scaleUpBytesPerSecond()),
                base.tdpWatts(),
                base.idleWatts(),
                base.measuredGemmFlopsPerSecond(),
                sustained,
                new Provenance(Provenance.Kind.USER, "set in the scenario, from " + base.name(), ""));
    }
}
