package trainyard.training.calibration.ring;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Begins a process of a {@link LocalProcesses}: its arguments are the class of its task, rank, ranks, port and the task's own. */
public final class MemberMain {

    private static final int OWN_ARGUMENTS = 4;

    private MemberMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        endWithStarter();
        List<String> rest = Arrays.asList(arguments).subList(OWN_ARGUMENTS, arguments.length);
        MemberTask task = Class.forName(arguments[0])
                .asSubclass(MemberTask.class)
                .getDeclaredConstructor()
                .newInstance();
        try (Member member = Member.join(
                Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]))) {
            task.run(member, rest);
        }
    }

    /** A starter that is killed breaks its line, which a process that computes or waits for a neighbour would not see. */
    private static void endWithStarter() {
        ProcessHandle.current()
                .parent()
                .ifPresent(starter ->
                        starter.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    }
}
