"""The provider behind the service: files that lie there, faults that it is told to have, downloads."""

from behave import given, register_type, then, when

from api_service.context import Context
from api_service.subjects.content import contents, provider_files, vector_stores
from api_service.subjects.content.provider import FAULTS, fault_word, provider_of
from api_service.vocabulary import verbs

register_type(Content=contents.kind_word, Fault=fault_word, Downloads=verbs(["download"]))


@given("the provider holds the file {title:Quoted} with the text {text:Quoted}")
def hold_file(context: Context, title, text):
    """A file that an agent's tool left at the provider; it is deleted there when the scenario ends."""
    context.add_cleanup(vector_stores.discard, context.world, title)
    vector_stores.put_at_provider(context.world, text, title)


@given("the container {container:Quoted} holds the file {title:Quoted} with the text {text:Quoted}")
def hold_container_file(context: Context, container, title, text):
    """A file that an agent's code left in its container; it goes with the container."""
    provider_files.put_in_container(context.world, container, title, text)


@given("the provider never had the file {title:Quoted}")
def hold_no_file(context: Context, title):
    """A file id that leads nowhere."""
    context.world.remember("provider file", title, "file-that-never-was")


@given("the provider {fault:Fault} whenever it hears of the new {kind:Content} {title:Quoted}")
def fail_for_new(context: Context, fault, kind, title):
    """The double is told to fail for the name that the thing is going to have."""
    name = contents.named(context.world, kind, title)
    context.add_cleanup(provider_of(context.world).fail(FAULTS[fault], name))


@given("the provider {fault:Fault} whenever it hears of the {kind:Content} {title:Quoted}")
def fail_for_existing(context: Context, fault, kind, title):
    """The double is told to fail for the thing that it has made."""
    identifier = context.world.recall(f"{kind} at the provider", title)
    context.add_cleanup(provider_of(context.world).fail(FAULTS[fault], identifier))


@given("the provider {fault:Fault} whenever it hears of the file {title:Quoted}")
def fail_for_file(context: Context, fault, title):
    """The double is told to fail for a file that it has."""
    identifier = context.world.recall("provider file", title)
    context.add_cleanup(provider_of(context.world).fail(FAULTS[fault], identifier))


@when("{person:Person} {does:Downloads} the file {title:Quoted}")
def download_file(context: Context, person, does, title):
    """Download a file of the provider through the service; also when somebody only tries to."""
    provider_files.download(context.world, context.world.act, person, title)


@when("{person:Person} {does:Downloads} the file {title:Quoted} from the container {container:Quoted}")
def download_container_file(context: Context, person, does, title, container):
    """Download a file of a container through the service; also when somebody only tries to."""
    provider_files.download_from(context.world, context.world.act, person, title, container)


@then("the download should read {text:Quoted}")
def read_download(context: Context, text):
    """The download has exactly these bytes, and a browser would save them as a file."""
    provider_files.should_read(context.world.answer, text)


@then("{person:Person} should still be able to download the file {title:Quoted} as {text:Quoted}")
def still_download(context: Context, person, title, text):
    """A download by somebody else has exactly these bytes."""
    downloaded = provider_files.download(context.world, context.world.must, person, title)
    provider_files.should_read(downloaded, text)
