package trainyard.scenario.section.job;

import java.util.List;
import java.util.Optional;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.plan.GradientCompression;
import trainyard.parallel.plan.GradientExchange;
import trainyard.parallel.plan.ParameterServers;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;

/** Keys of {@code job.parallel} that say how replicas sum their gradients: in which pieces, how much smaller, and by whom. */
final class GradientExchangeFields {

    static final Field<Optional<Boolean>> GRADIENT_OVERLAP = Field.of(
                    "gradient-overlap",
                    new AutoType<>(new FlagType()),
                    "Whether gradients are reduced beside the backward pass: in buckets instead of in one piece after the last"
                            + " pass, and with `zero` 2 or 3, which reduces layer by layer, beside the layers that follow instead"
                            + " of before them. `auto`: as the software does.")
            .orElse("auto");
    static final Field<Optional<Double>> GRADIENT_BUCKET = Field.of(
                    "gradient-bucket",
                    new AutoType<>(QuantityType.positive(Dimension.DATA)),
                    "Bytes of gradients in one bucket of the overlapped reduction: small tensors are fused up to this size,"
                            + " large ones are cut. `auto`: that of the software.")
            .orElse("auto")
            .only(new Use(
                    "`gradient-overlap` other than `false`",
                    List.of(GRADIENT_OVERLAP.key()),
                    (own, all) -> own.text(GRADIENT_OVERLAP.key())
                            .filter("false"::equals)
                            .isEmpty()));
    static final Field<GradientCompression.Method> COMPRESSION = Field.of(
                    "compression",
                    ChoiceType.of("compression of gradients", GradientCompression.Method.class),
                    "How gradients are made smaller before the replicas exchange them: cast (`fp16`), the largest elements"
                            + " (`top-k`), signs gathered from all (`sign`) or summed in parts (`one-bit`), or two"
                            + " low-rank factors (`powersgd`). Needs `zero: 0`.")
            .orElse("none");
    static final Field<Double> COMPRESSION_RATIO = Field.of(
                    "compression-ratio",
                    QuantityType.positive(Dimension.NUMBER),
                    "Elements of a gradient over those that are kept.")
            .orElse("100")
            .only(Use.with(COMPRESSION, GradientCompression.Method.TOP_K));
    static final Field<Long> COMPRESSION_RANK = Field.of(
                    "compression-rank", IntegerType.between(1, 1024), "Columns of the factors.")
            .orElse("4")
            .only(Use.with(COMPRESSION, GradientCompression.Method.POWERSGD));
    static final Field<Long> PARAMETER_SERVERS = Field.of(
                    "parameter-servers",
                    IntegerType.between(0, 1_000_000),
                    "Nodes beside the cluster's that sum the gradients, update and give the weights out; 0: the replicas"
                            + " sum among themselves. Needs `zero: 0`.")
            .orElse("0");
    private static final Use HAS_SERVERS =
            new Use("`parameter-servers`", List.of("parameter-servers"), (own, all) -> own.get(PARAMETER_SERVERS) > 0);

    static final Field<ParameterServers.Device> SERVER_DEVICE = Field.of(
                    "server-device",
                    ChoiceType.of("device of parameter servers", ParameterServers.Device.class),
                    "What sums and updates on a parameter server.")
            .orElse("cpu")
            .only(HAS_SERVERS);
    static final Field<Double> SERVER_BANDWIDTH = Field.of(
                    "server-bandwidth",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "Rate of a parameter server's network ports together, per direction. Left out: as a node's.")
            .only(HAS_SERVERS);

    private GradientExchangeFields() {}

    static GradientExchange bind(Values values) {
        GradientCompression compression = new GradientCompression(
                values.get(COMPRESSION), values.get(COMPRESSION_RATIO), Math.toIntExact(values.get(COMPRESSION_RANK)));
        int servers = Math.toIntExact(values.get(PARAMETER_SERVERS));
        return new GradientExchange(
                compression,
                servers == 0
                        ? Optional.empty()
                        : Optional.of(new ParameterServers(
                                servers,
                                values.get(SERVER_DEVICE),
                                values.find(SERVER_BANDWIDTH).orElse(0.0))));
    }

    /** The software with what the section changes of its reduction of gradients. */
    static SoftwareProfile software(Values values, SoftwareProfile base) {
        SoftwareProfile overlapped = values.get(GRADIENT_OVERLAP)
                .map(wanted -> base.with(SoftwareFeature.GRADIENT_OVERLAP, wanted))
                .orElse(base);
        return values.get(GRADIENT_BUCKET).map(overlapped::withBucketBytes).orElse(overlapped);
    }
}
