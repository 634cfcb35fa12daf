package proteus.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.function.Predicate;

/** What the rooms may take from outside the project, as predicates. */
final class Library {

    private static final Set<String> JAVA_BASE =
            Object.class.getModule().getDescriptor().packages();

    /** What of {@code java.base} the domain may use: values and arithmetic, nothing that reaches out of the process. */
    private static final Set<String> PURE_PACKAGES = Set.of(
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.nio",
            "java.nio.charset",
            "java.time",
            "java.util",
            "java.util.function",
            "java.util.stream");

    /** Single classes beside those packages: SHA-256. */
    private static final Set<String> PURE_CLASSES =
            Set.of("java.security.MessageDigest", "java.security.NoSuchAlgorithmException");

    /** Classes in those packages that run, wait, log, look at the clock or draw lots. */
    private static final Set<String> IMPURE_CLASSES = Set.of(
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.ScopedValue",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.lang.InheritableThreadLocal",
            "java.lang.System$Logger",
            "java.lang.System$LoggerFinder",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Calendar",
            "java.util.Date",
            "java.util.GregorianCalendar",
            "java.util.Random",
            "java.util.Scanner",
            "java.util.ServiceLoader",
            "java.util.SplittableRandom",
            "java.util.TimeZone",
            "java.util.Timer",
            "java.util.TimerTask",
            "java.util.UUID");

    private static final Set<String> FILE_AND_SOCKET_CLASSES = Set.of(
            "java.io.Console",
            "java.io.File",
            "java.io.FileDescriptor",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.net.DatagramPacket",
            "java.net.DatagramSocket",
            "java.net.HttpURLConnection",
            "java.net.MulticastSocket",
            "java.net.NetworkInterface",
            "java.net.ServerSocket",
            "java.net.Socket",
            "java.net.URL",
            "java.net.URLConnection");

    private Library() {}

    static DescribedPredicate<JavaClass> pureJava() {
        return of("are pure parts of java.base", type -> {
            String name = outermost(type);
            return type.isPrimitive()
                    || PURE_CLASSES.contains(name)
                    || PURE_PACKAGES.contains(type.getPackageName())
                            && !IMPURE_CLASSES.contains(name)
                            && !IMPURE_CLASSES.contains(type.getName());
        });
    }

    static DescribedPredicate<JavaClass> javaBase() {
        return of(
                "are in java.base",
                type -> type.isPrimitive()
                        || type.getPackageName().startsWith("java.") && JAVA_BASE.contains(type.getPackageName()));
    }

    static DescribedPredicate<JavaClass> filesOrSockets() {
        return of(
                "are files or sockets",
                type -> isIn(type, "java.nio.file")
                        || isIn(type, "java.nio.channels")
                        || isIn(type, "javax.net")
                        || FILE_AND_SOCKET_CLASSES.contains(outermost(type)));
    }

    static DescribedPredicate<JavaClass> inPackages(String... roots) {
        return of("are in " + String.join(", ", roots), type -> {
            for (String root : roots) {
                if (isIn(type, root)) {
                    return true;
                }
            }
            return false;
        });
    }

    static DescribedPredicate<JavaClass> named(String... names) {
        return of("are " + String.join(" or ", names), type -> Set.of(names).contains(type.getName()));
    }

    /** The present moment, whichever way it is asked for. */
    static DescribedPredicate<JavaAccess<?>> theClock() {
        return DescribedPredicate.describe("the clock", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            return owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system"))
                    || owner.equals("java.lang.System") && (name.equals("currentTimeMillis") || name.equals("nanoTime"))
                    || owner.equals("java.util.Date") && name.equals("<init>");
        });
    }

    /** Everything of {@link System} but copying arrays; and lots, and other threads. */
    static DescribedPredicate<JavaAccess<?>> theWorldOutside() {
        return DescribedPredicate.describe("the process, lots or other threads", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            return owner.equals("java.lang.System") && !name.equals("arraycopy")
                    || owner.equals("java.lang.Math") && name.equals("random")
                    || owner.equals("java.util.Collections") && name.equals("shuffle")
                    || name.equals("parallelStream")
                    || owner.startsWith("java.util.stream.") && name.equals("parallel")
                    || owner.equals("java.lang.Object")
                            && Set.of("wait", "notify", "notifyAll").contains(name);
        });
    }

    /** What a process has one of. */
    static DescribedPredicate<JavaAccess<?>> theProcess() {
        return DescribedPredicate.describe(
                "what the process has one of",
                access -> access.getTargetOwner().getName().equals("java.lang.System")
                        && Set.of(
                                        "in",
                                        "out",
                                        "err",
                                        "exit",
                                        "setIn",
                                        "setOut",
                                        "setErr",
                                        "setProperty",
                                        "setProperties")
                                .contains(access.getName()));
    }

    private static DescribedPredicate<JavaClass> of(String description, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(description, type -> predicate.test(type.getBaseComponentType()));
    }

    private static boolean isIn(JavaClass type, String root) {
        return (type.getPackageName() + ".").startsWith(root + ".");
    }

    private static String outermost(JavaClass type) {
        int inner = type.getName().indexOf('$');
        return inner < 0 ? type.getName() : type.getName().substring(0, inner);
    }
}
