package trainyard.parallel.step.replay;

import java.util.function.Consumer;
import trainyard.parallel.step.cost.Span;

/**
 * Where the bars of one class of replicas are told.
 *
 * @param bars told every bar
 * @param suffix what stands behind the name of a stream; empty where all replicas are alike
 */
public record StepBars(Consumer<Span> bars, String suffix) {

    /** Nobody looks. */
    public static final StepBars NONE = new StepBars(span -> {}, "");

    void tell(int stage, String stream, String label, Span.Kind kind, long start, long end, Span.Mix mix) {
        bars.accept(new Span(stage, stream + suffix, label, kind, start, end, mix));
    }
}
