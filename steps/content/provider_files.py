"""Files with the provider behind the service; also the faults that a double is told to have."""

from behave import given, register_type, then, when
from hamcrest import is_in, is_not, starts_with

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.subjects.content import contents, provider_files
from api_service.subjects.content.contents import KINDS, Container, StoredFile
from api_service.subjects.content.provider import provider_of
from api_service.subjects.content.provider_files import ProviderFile
from api_service.vocabulary import one_of, verbs

# What a double calls its faults.
FAULTS = {"fails": "error", "is too busy": "rate_limit", "does not answer": "timeout"}
register_type(ProviderFault=one_of(FAULTS), Downloads=verbs(["download"]))


@given("the provider holds the file {title:Quoted} with the text {text:Quoted}")
def hold_file(context: Context, title, text):
    """A file that an agent's tool left at the provider; it is deleted there when the scenario ends."""
    context.add_cleanup(provider_files.discard, context.world, title)
    provider_files.put(context.world, title, text)


@given("the container {container:Quoted} holds the file {title:Quoted} with the text {text:Quoted}")
def hold_container_file(context: Context, container, title, text):
    """A file that an agent's code left in its container; it goes with the container."""
    provider_files.put_in_container(context.world, container, title, text)


@given("the provider never had the file {title:Quoted}")
def hold_no_file(context: Context, title):
    """A file id that no file at the provider has."""
    context.world.state.keep(title, ProviderFile("file-that-never-was", title))


@given("the provider has lost the file {title:Quoted}")
def lose_file(context: Context, title):
    """A file that the service knows was deleted at the provider behind its back."""
    provider_files.discard(context.world, title)


@given("the file {title:Quoted} has an id that leads elsewhere at the provider")
def lead_elsewhere(context: Context, title):
    """An id that would step up in the path of a request to the provider."""
    context.world.state.keep(title, ProviderFile("..", title))


@given("the provider {fault:ProviderFault} whenever it hears of the new {kind:Content} {title:Quoted}")
def fail_for_new(context: Context, fault, kind, title):
    """The double fails for every request with the name that the thing is going to have."""
    name = contents.known(context.world, kind, title).name
    context.add_cleanup(provider_of(context.world).fail(FAULTS[fault], name))


@given("the provider {fault:ProviderFault} whenever it hears of the {kind:Content} {title:Quoted}")
def fail_for_existing(context: Context, fault, kind, title):
    """The double fails for every request with the id that it has given the thing."""
    identifier = context.world.state.find(KINDS[kind].content, title).provider_id
    context.add_cleanup(provider_of(context.world).fail(FAULTS[fault], identifier))


@given("the provider {fault:ProviderFault} whenever it hears of the file {title:Quoted}")
def fail_for_file(context: Context, fault, title):
    """The double fails for every request with the id of a file that it has."""
    identifier = context.world.state.find(ProviderFile, title).id
    context.add_cleanup(provider_of(context.world).fail(FAULTS[fault], identifier))


@when("{person:Person} {does:Downloads} the file {title:Quoted}")
def download_file(context: Context, person, does, title):
    """Download a file of the provider through the service; also when somebody only tries to."""
    provider_files.download(context.world, context.world.act, person, title)


@when("{person:Person} {does:Downloads} the file {title:Quoted} from the container {container:Quoted}")
def download_container_file(context: Context, person, does, title, container):
    """Download a file of a container, under its own name; also when somebody only tries to."""
    state, path = context.world.state, provider_files.DOWNLOAD_FROM_CONTAINER
    place = {"container_id": state.find(Container, container).provider_id}
    file_id = state.find(ProviderFile, title).id
    context.world.act(person, "GET", path, query={"filename": title}, file_id=file_id, **place)


@then("the provider should have no copy of the stored file {title:Quoted}")
def hold_no_copy(context: Context, title):
    """No file at the provider has the stored file's name."""
    name = context.world.state.find(StoredFile, title).name
    check(context.world.answer, name, is_not(is_in(provider_of(context.world).file_names())))


@then("the download should read {text:Quoted}")
@then("{person:Person} should still be able to download the file {title:Quoted} as {text:Quoted}")
def read_download(context: Context, text, person=None, title=""):
    """The answer, or a second download, has just these bytes, to be saved and kept by no shared cache."""
    world = context.world
    answer = provider_files.download(world, world.must, person, title) if person else world.answer
    check(answer, answer.content, text.encode())
    check(answer, answer.headers.get("content-disposition"), starts_with("attachment;"))
    check(answer, answer.headers.get("cache-control"), "private, max-age=300")
