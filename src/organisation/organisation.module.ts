import { Module } from '@nestjs/common';
import { AddressProofRepository } from './address-proof.repository.js';
import { AddressProofService } from './address-proof.service.js';
import { AmendmentRepository } from './amendment.repository.js';
import { AmendmentService } from './amendment.service.js';
import { ContactWipeRepository } from './contact-wipe.repository.js';
import { ContactWipeService } from './contact-wipe.service.js';
import { ContactRepository } from './contact.repository.js';
import { ContactService } from './contact.service.js';
import { InitialsBackfill } from './initials-backfill.js';
import { LiaisonRepository } from './liaison.repository.js';
import { LiaisonService } from './liaison.service.js';
import { ListChangeRepository } from './list-change.repository.js';
import { ListChangeService } from './list-change.service.js';
import { MemberLookupRepository } from './member-lookup.repository.js';
import { OrganisationRepository } from './organisation.repository.js';
import { PersonRepository } from './person.repository.js';
import { PersonService } from './person.service.js';
import { PostRepository } from './post.repository.js';
import { PostService } from './post.service.js';
import { PreferenceRepository } from './preference.repository.js';
import { PreferenceService } from './preference.service.js';
import { TenureRepository } from './tenure.repository.js';
import { TenureService } from './tenure.service.js';
import { TrialPersonRepository } from './trial-person.repository.js';
import { UnitRepository } from './unit.repository.js';
import { UnitService } from './unit.service.js';
import { WishesRepository } from './wishes.repository.js';

/** Units, posts, tenures, people and their addresses. */
@Module({
  providers: [
    OrganisationRepository,
    PersonRepository,
    InitialsBackfill,
    UnitRepository,
    PostRepository,
    TenureRepository,
    LiaisonRepository,
    ListChangeRepository,
    ListChangeService,
    UnitService,
    PostService,
    TenureService,
    LiaisonService,
    PersonService,
    ContactRepository,
    ContactWipeRepository,
    MemberLookupRepository,
    AddressProofRepository,
    AddressProofService,
    ContactService,
    ContactWipeService,
    PreferenceRepository,
    PreferenceService,
    AmendmentRepository,
    AmendmentService,
    WishesRepository,
    TrialPersonRepository,
  ],
  exports: [
    MemberLookupRepository,
    OrganisationRepository,
    PersonRepository,
    PostRepository,
    TenureRepository,
    LiaisonRepository,
    ListChangeRepository,
    ListChangeService,
    UnitService,
    PostService,
    TenureService,
    LiaisonService,
    PersonService,
    ContactRepository,
    AddressProofRepository,
    AddressProofService,
    ContactService,
    ContactWipeService,
    PreferenceRepository,
    PreferenceService,
    AmendmentRepository,
    AmendmentService,
    WishesRepository,
    TrialPersonRepository,
  ],
})
export class OrganisationModule {}
