package trainyard.training.dl4j.trace;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Notes what goes through ND4J's executioner. ND4J has no way to set another one and keeps it in a private field, which is set
 * while the work runs.
 */
final class ExecutionerTap {

    private static final String FIELD = "OP_EXECUTIONER_INSTANCE";

    private final OpExecutioner executioner;
    private final List<Operation> operations = new ArrayList<>();
    private int depth;

    private ExecutionerTap(OpExecutioner executioner) {
        this.executioner = executioner;
    }

    /** Operations of some work, in their order. */
    static List<Operation> during(Runnable work) {
        ExecutionerTap tap = new ExecutionerTap(Nd4j.getExecutioner());
        OpExecutioner noting = (OpExecutioner) Proxy.newProxyInstance(
                OpExecutioner.class.getClassLoader(),
                new Class<?>[] {OpExecutioner.class},
                (proxy, method, arguments) -> tap.invoke(method, arguments));
        set(noting);
        try {
            work.run();
        } finally {
            set(tap.executioner);
        }
        return tap.operations;
    }

    private static void set(OpExecutioner executioner) {
        try {
            Field field = Nd4j.class.getDeclaredField(FIELD);
            field.setAccessible(true);
            field.set(null, executioner);
        } catch (ReflectiveOperationException otherVersion) {
            throw new IllegalStateException("this version of ND4J keeps its executioner elsewhere", otherVersion);
        }
    }

    /** What an operation calls inside itself is part of it. */
    private Object invoke(Method method, Object[] arguments) throws Throwable {
        boolean noted = depth == 0
                && method.getName().startsWith("exec")
                && arguments != null
                && (arguments[0] instanceof Op || arguments[0] instanceof CustomOp);
        List<Tensor> inputs = noted ? tensors(inputs(arguments)) : List.of();
        depth++;
        try {
            Object result = method.invoke(executioner, arguments);
            if (noted) {
                note(arguments, inputs, result);
            }
            return result;
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        } finally {
            depth--;
        }
    }

    private void note(Object[] arguments, List<Tensor> inputs, Object result) {
        List<INDArray> outputs = outputs(arguments);
        if (outputs.isEmpty() && result instanceof INDArray one) {
            outputs = List.of(one);
        } else if (outputs.isEmpty() && result instanceof INDArray[] several) {
            outputs = Arrays.asList(several);
        }
        if (arguments[0] instanceof CustomOp custom) {
            operations.add(new Operation(
                    custom.opName(), inputs, tensors(outputs), integers(custom, arguments), reals(custom, arguments)));
        } else {
            operations.add(
                    new Operation(((Op) arguments[0]).opName(), inputs, tensors(outputs), new long[0], new double[0]));
        }
    }

    private static List<INDArray> inputs(Object[] arguments) {
        if (context(arguments) instanceof OpContext context && context.numInputArguments() > 0) {
            return context.getInputArrays();
        }
        return arguments[0] instanceof Op op
                ? Arrays.asList(op.x(), op.y())
                : ((CustomOp) arguments[0]).inputArguments();
    }

    private static List<INDArray> outputs(Object[] arguments) {
        if (context(arguments) instanceof OpContext context && context.numOutputArguments() > 0) {
            return context.getOutputArrays();
        }
        List<INDArray> outputs =
                arguments[0] instanceof Op op ? Arrays.asList(op.z()) : ((CustomOp) arguments[0]).outputArguments();
        return outputs.stream().filter(Objects::nonNull).toList();
    }

    private static long[] integers(CustomOp op, Object[] arguments) {
        return context(arguments) instanceof OpContext context && context.numIArguments() > 0
                ? context.getIArguments().stream().mapToLong(Long::longValue).toArray()
                : op.iArgs().clone();
    }

    private static double[] reals(CustomOp op, Object[] arguments) {
        return context(arguments) instanceof OpContext context && context.numTArguments() > 0
                ? context.getTArguments().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray()
                : op.tArgs().clone();
    }

    private static Object context(Object[] arguments) {
        return arguments.length > 1 ? arguments[1] : "none";
    }

    private static List<Tensor> tensors(List<INDArray> arrays) {
        return arrays.stream().filter(Objects::nonNull).map(Tensor::of).toList();
    }
}
